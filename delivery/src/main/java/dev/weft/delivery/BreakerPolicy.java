package dev.weft.delivery;

import java.io.Serializable;
import java.time.Duration;

/**
 * When a target is taken for dead, and how soon it is tried again.
 *
 * @param failures the share of calls that fail, in percent, from which on nothing more is sent
 * @param of how many calls, the latest ones, are looked at
 * @param openFor how long nothing is sent then; after each try that fails, twice as long
 * @param cap the longest of these times
 */
public record BreakerPolicy(int failures, int of, Duration openFor, Duration cap) implements Serializable {

    /** Half of twenty. */
    public static final BreakerPolicy DEFAULT =
            new BreakerPolicy(50, 20, Duration.ofSeconds(1), Duration.ofSeconds(30));
}
