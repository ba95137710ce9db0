package dev.weft.http;

/** How an event stands in a message (CloudEvents HTTP protocol binding v1.0.2, section 3). */
public enum EventMode {
    /** Attributes in headers, the payload as the body. */
    BINARY,
    /** The whole event as one JSON object in the body. */
    STRUCTURED
}
