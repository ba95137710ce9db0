package dev.weft.job;

import java.io.Serializable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How an event that comes again is known: it has the {@code source} and {@code id} of one that passed.
 *
 * @param ttl for how long an event that passed is remembered, by the clock on the wall; one second to 30 days
 */
public record Dedup(Duration ttl) implements Serializable {

    /**
     * Returns whether an event passes.
     *
     * @param passed when the last event that is the same has passed; null if none is remembered
     * @param now by the same clock; may have been turned back since
     */
    public boolean passes(@Nullable Long passed, long now) {
        return passed == null || now - passed >= ttl.toMillis();
    }
}
