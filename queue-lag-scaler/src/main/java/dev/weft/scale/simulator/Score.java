package dev.weft.scale.simulator;

import java.util.OptionalInt;

/**
 * What a policy came to in one run.
 *
 * @param secondsLate seconds in which some record that could be read had waited longer than the SLO (S)
 * @param replicaSeconds replicas that were asked for, summed over the seconds (C)
 * @param changes how often the set of running subtasks changed, by whatever cause (R)
 * @param wake the longest time from a record that could be read while there was no replica to the first one taken, in
 *     seconds; empty if that never was (W)
 * @param zero the longest time from the last record taken to no replica, in seconds; empty if there always was one (Z)
 * @param wrongZeros how often the last replica went though records waited
 * @param uncoveredZeros how often it went though no completed checkpoint held all that was taken: what a transactional
 *     sink wrote last stays unreadable
 * @param wrongWakes how often a first replica came though no record waited
 * @param delivered records taken, less those that a failure took back
 * @param left records that waited at the end
 * @param oldest the longest time any record had waited, in seconds
 */
public record Score(
        int secondsLate,
        long replicaSeconds,
        int changes,
        OptionalInt wake,
        OptionalInt zero,
        int wrongZeros,
        int uncoveredZeros,
        int wrongWakes,
        long delivered,
        long left,
        int oldest) {

    /** Returns {@link #replicaSeconds} in minutes. */
    public double replicaMinutes() {
        return replicaSeconds / 60.0;
    }
}
