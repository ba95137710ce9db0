package dev.weft.http;

import java.io.Serializable;

/** STUB, replaced by the http helper's. */
public record HttpSettings(String url, EventMode mode, int concurrency) implements Serializable {
    /** STUB. */
    public enum EventMode {
        BINARY,
        STRUCTURED
    }
}
