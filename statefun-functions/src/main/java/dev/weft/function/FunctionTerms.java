package dev.weft.function;

import java.io.Serializable;
import java.time.Duration;

/**
 * How functions of some types are called.
 *
 * @param maxBatch the most messages of one call
 * @param concurrency the most calls under way at once, of one subtask; calls that are answered at once do not count
 * @param timeout after which a call has failed
 * @param maxAttempts how often a call is made, the first included, before its message goes to the dead letter
 * @param firstDelay before the second attempt; twice as long before each other
 * @param longestDelay the most of it
 * @param maxValueBytes of one value; a larger one fails the call
 * @param maxValuesBytes of all values of one address; more fail the call
 */
public record FunctionTerms(
        int maxBatch,
        int concurrency,
        Duration timeout,
        int maxAttempts,
        Duration firstDelay,
        Duration longestDelay,
        long maxValueBytes,
        long maxValuesBytes)
        implements Serializable {

    /** What holds where nothing is said. */
    public static final FunctionTerms USUAL = new FunctionTerms(
            1000, 1024, Duration.ofMinutes(1), 5, Duration.ofMillis(100), Duration.ofSeconds(10), 16 << 20, 64 << 20);

    /** Returns the same terms with other limits of calls. */
    public FunctionTerms withCalls(int concurrency, Duration timeout) {
        return new FunctionTerms(
                maxBatch, concurrency, timeout, maxAttempts, firstDelay, longestDelay, maxValueBytes, maxValuesBytes);
    }

    /** Returns the same terms with calls that are made again otherwise. */
    public FunctionTerms withRetry(int maxAttempts, Duration firstDelay, Duration longestDelay) {
        return new FunctionTerms(
                maxBatch, concurrency, timeout, maxAttempts, firstDelay, longestDelay, maxValueBytes, maxValuesBytes);
    }

    /** Returns the same terms with other limits of messages and bytes. */
    FunctionTerms withSizes(int maxBatch, long maxValueBytes, long maxValuesBytes) {
        return new FunctionTerms(
                maxBatch, concurrency, timeout, maxAttempts, firstDelay, longestDelay, maxValueBytes, maxValuesBytes);
    }

    /** Returns how long to wait before the next attempt, in milliseconds, where some have failed: at least one. */
    long delay(int failures) {
        long millis = firstDelay.toMillis();
        for (int i = 1; i < failures && millis < longestDelay.toMillis(); i++) {
            millis *= 2;
        }
        return Math.min(millis, longestDelay.toMillis());
    }
}
