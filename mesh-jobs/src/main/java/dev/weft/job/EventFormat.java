package dev.weft.job;

/** How events are written to a channel's topic: the content modes of the CloudEvents Kafka protocol binding. */
public enum EventFormat {
    /** The bytes of the record as they came. */
    AS_RECEIVED,
    /** Attributes as headers, the payload as the record's value. */
    BINARY,
    /** The whole event as one JSON document in the record's value. */
    STRUCTURED
}
