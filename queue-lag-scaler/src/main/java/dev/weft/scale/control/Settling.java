package dev.weft.scale.control;

import dev.weft.scale.JobReading;
import dev.weft.scale.JobReading.Checkpoint;
import java.time.Duration;
import java.time.Instant;

/**
 * A consumer that has nothing left to do, and waits for a checkpoint that covers all it did.
 *
 * @param ordered when a checkpoint was asked for; {@link Instant#MIN} if none was yet
 * @param newest the newest there was then
 * @param second whether one had come before it
 */
record Settling(Instant ordered, long newest, boolean second) {

    /** Nothing was asked for. */
    static final Settling NOT = new Settling(Instant.MIN, Long.MAX_VALUE, false);

    /** A checkpoint that is not there after so long is asked for again. */
    private static final Duration AGAIN = Duration.ofMinutes(1);

    /**
     * Whether to ask now: for the first time; a second time when the first has come, for that may have begun before all
     * was done; and whenever none came for long.
     */
    boolean isToOrder(JobReading job, Instant at) {
        boolean isLate = at.isBefore(ordered) || !at.isBefore(ordered.plus(AGAIN));
        return !isBegun() || isLate || (!second && newestOf(job) > newest);
    }

    /** It is asked for now. */
    Settling orderedAt(JobReading job, Instant at) {
        return new Settling(at, newestOf(job), second || newestOf(job) > newest);
    }

    /** Whether anything was asked for. */
    boolean isBegun() {
        return !equals(NOT);
    }

    private static long newestOf(JobReading job) {
        return job.checkpoint().map(Checkpoint::id).orElse(-1L);
    }
}
