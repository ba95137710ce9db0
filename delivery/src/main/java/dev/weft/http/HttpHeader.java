package dev.weft.http;

/** One header of a message. Names are compared without regard to case. */
public record HttpHeader(String name, String value) {}
