package dev.weft.workflow.jq;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * What one evaluation may cost. Whoever spends more fails; nothing is cut short without a word.
 *
 * @param time how long it may take from the first look at the clock on, which only evaluations have that go on and on,
 *     or search by regular expressions
 * @param visits how many values it may look at
 * @param bytes how large a value may get, about as large as its JSON text; intermediate values count, too
 * @param nanoClock nanoseconds from any start: best the time the thread has had of a processor, so that no pause of the
 *     machine fails an instance
 */
public record JqBudget(Duration time, long visits, long bytes, LongSupplier nanoClock) {

    private static final Duration TIME = Duration.ofMillis(50);
    private static final long VISITS = 1_000_000;
    private static final long BYTES = 8L << 20;

    /** Returns the usual budget: 50 ms, a million values, 8 MiB. */
    public static JqBudget usual(LongSupplier nanoClock) {
        return new JqBudget(TIME, VISITS, BYTES, nanoClock);
    }
}
