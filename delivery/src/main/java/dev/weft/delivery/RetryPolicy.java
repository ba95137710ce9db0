package dev.weft.delivery;

import java.io.Serializable;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * When an attempt that failed is repeated, and when no longer. The wait before the n-th retry is {@code min(cap, base x
 * n)} or {@code min(cap, base x 2^(n-1))}; with full jitter, any time up to that. A wait the endpoint asks for is kept
 * if it is longer, up to {@code maxRetryAfter}.
 *
 * @param maxAttempts how often an event is tried, the first time included; at least 1
 * @param maxAge how long after an event came to the target it may still be tried again
 * @param jitter whether waits are spread at random, so that what failed together does not come back together
 * @param statuses which answers are worth another try; no answer always is, unless the address must not be called
 */
public record RetryPolicy(
        int maxAttempts,
        Duration maxAge,
        Backoff backoff,
        Duration base,
        Duration cap,
        boolean jitter,
        Duration maxRetryAfter,
        RetryStatuses statuses)
        implements Serializable {

    /** As often and as long as Amazon EventBridge tries. */
    public static final RetryPolicy DEFAULT = new RetryPolicy(
            185,
            Duration.ofHours(24),
            Backoff.EXPONENTIAL,
            Duration.ofMillis(200),
            Duration.ofMinutes(1),
            true,
            Duration.ofMinutes(10),
            RetryStatuses.DEFAULT);

    /**
     * Returns how long to wait before that retry, in milliseconds.
     *
     * @param retry 1 for the first
     * @param asked what the endpoint asked for, in milliseconds; 0 if it asked for nothing
     */
    public long delay(int retry, long asked, RandomGenerator random) {
        long longest = longest(retry);
        long own = jitter && longest > 0 ? random.nextLong(1, longest + 1) : longest;
        return Math.max(own, Math.min(asked, maxRetryAfter.toMillis()));
    }

    private long longest(int retry) {
        long limit = cap.toMillis();
        long first = base.toMillis();
        long factor = switch (backoff) {
            case LINEAR -> retry;
            case EXPONENTIAL -> 1L << Math.min(retry - 1, Long.SIZE - 2);
        };
        return first > limit / factor ? limit : first * factor;
    }
}
