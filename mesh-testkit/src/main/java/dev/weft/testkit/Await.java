package dev.weft.testkit;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/**
 * Waits for a condition, looking often and giving up at a bound. The bound is how long a broken thing may keep a build
 * busy, not how long the condition is expected to take: choose it generously.
 */
public final class Await {

    private static final long BETWEEN_LOOKS = Duration.ofMillis(25).toNanos();

    private Await() {}

    /**
     * Returns once {@code condition} holds.
     *
     * @param what completes "waited ... for", for the reader of a failure
     * @throws AssertionError if it does not hold within {@code bound}
     */
    public static void until(String what, Duration bound, Callable<Boolean> condition) throws Exception {
        value(what, bound, () -> condition.call() ? Optional.of(true) : Optional.empty());
    }

    /** As {@link #until}, returning the first value {@code supplier} has. */
    public static <T> T value(String what, Duration bound, Callable<Optional<T>> supplier) throws Exception {
        long giveUpAt = System.nanoTime() + bound.toNanos();
        while (true) {
            Optional<T> value = supplier.call();
            if (value.isPresent()) {
                return value.get();
            }
            if (System.nanoTime() - giveUpAt >= 0) {
                throw new AssertionError("waited " + bound.toSeconds() + " s in vain for " + what);
            }
            if (Thread.interrupted()) {
                throw new InterruptedException("while waiting for " + what);
            }
            LockSupport.parkNanos(BETWEEN_LOOKS);
        }
    }
}
