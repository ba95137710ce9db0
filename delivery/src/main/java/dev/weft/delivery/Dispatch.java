package dev.weft.delivery;

/** What those who deliver are given: a parcel, or word of which targets are to have none now. */
public sealed interface Dispatch permits Parcel, PausedTargets {}
