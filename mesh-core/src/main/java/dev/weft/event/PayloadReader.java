package dev.weft.event;

import java.io.Serializable;

/**
 * Reads payloads of one format as JSON trees, so that one filter language and one template language serve them all.
 *
 * <p>Immutable, safe to share between threads, and travels in the job graph; two are equal when they read the same. It
 * never throws for what stands in a payload, and its time and memory are bounded by the payload's length, whatever
 * lengths the payload claims. Damage anywhere is found, so that it does not depend on what is wanted.
 */
public interface PayloadReader extends Serializable {

    /** Returns the wanted part of the payload, or why the payload cannot be read. Does not write to {@code bytes}. */
    PayloadReading read(byte[] bytes, Projection wanted);
}
