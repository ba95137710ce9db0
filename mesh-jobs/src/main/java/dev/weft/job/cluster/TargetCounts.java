package dev.weft.job.cluster;

/**
 * What a job did for one target since it was last started or restored, and what waits for it now.
 *
 * @param delivered events it has taken
 * @param deadLettered events it did not take
 * @param parked events that wait
 * @param parkedBytes how large those are
 * @param inFlight calls under way
 * @param isOpen whether a subtask takes it for dead
 * @param isPaused whether it is paused
 */
public record TargetCounts(
        long delivered,
        long deadLettered,
        long parked,
        long parkedBytes,
        long inFlight,
        boolean isOpen,
        boolean isPaused) {

    /** Nothing counted yet. */
    public static final TargetCounts NONE = new TargetCounts(0, 0, 0, 0, 0, false, false);
}
