package dev.weft.event;

/** How an event is written as a record (CloudEvents Kafka protocol binding v1.0.2, section 3). */
public enum EventFormat {
    /** The record as it was read, byte for byte. */
    AS_RECEIVED,
    /** Attributes as headers, the payload as the value. */
    BINARY,
    /** One JSON object as the value. */
    STRUCTURED
}
