package dev.weft.http;

/** What became of a call: an answer, of whatever status, or none. */
public sealed interface CallResult permits HttpReply, CallFailure {}
