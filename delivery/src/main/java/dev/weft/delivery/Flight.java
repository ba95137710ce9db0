package dev.weft.delivery;

/** A call that is under way. */
record Flight(int bucket, Parcel parcel, long startedAt) {}
