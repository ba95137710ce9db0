package dev.weft.scale;

import dev.weft.scale.JobReading.Checkpoint;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Since when there is nothing to do, and which checkpoint covers all that was done.
 *
 * <p>A checkpoint that completes after the last record was taken may have begun before. Clocks of the job and of the
 * scaler are not compared to tell: checkpoints have numbers that grow, and one begins when its predecessor has ended.
 * So when it becomes quiet, the next number may belong to one that runs already; the one behind it cannot.
 *
 * @param since when it was seen to be quiet first; empty if it is not
 * @param covering the first checkpoint that covers everything; empty until the job could be asked
 * @param covered when one that covers everything was seen first
 */
record Quiet(Optional<Instant> since, OptionalLong covering, Optional<Instant> covered) {

    static final Quiet NOT = new Quiet(Optional.empty(), OptionalLong.empty(), Optional.empty());

    /** What a checkpoint has completed is committed a moment later. */
    private static final Duration COMMIT = Duration.ofSeconds(5);

    /** Takes in what was seen, and whether nobody looked for a while before. */
    Quiet with(Observation seen, boolean interrupted) {
        if (seen.lag() > 0) {
            return NOT;
        }
        boolean goesOn = !interrupted
                && since.filter(from -> !seen.endsUnmovedSince().isAfter(from) && !ranLater(seen, from))
                        .isPresent();
        if (!goesOn) {
            return new Quiet(Optional.of(seen.at()), firstBegunAfter(seen), Optional.empty());
        }
        OptionalLong first = covering.isPresent() ? covering : firstBegunAfter(seen);
        boolean completed = first.isPresent()
                && seen.job()
                        .flatMap(JobReading::checkpoint)
                        .filter(newest -> newest.id() >= first.getAsLong())
                        .isPresent();
        return new Quiet(since, first, covered.or(() -> completed ? Optional.of(seen.at()) : Optional.empty()));
    }

    Duration lasting(Instant at) {
        return since.map(from -> Duration.between(from, at)).orElse(Duration.ZERO);
    }

    /** Returns whether a checkpoint has completed that began when it was quiet. */
    boolean isCovered() {
        return covered.isPresent();
    }

    /** Returns whether there was time to commit what it covers. */
    boolean isCommitted(Instant at) {
        return covered.filter(when -> !when.plus(COMMIT).isAfter(at)).isPresent();
    }

    private static OptionalLong firstBegunAfter(Observation seen) {
        return seen.job()
                .map(job ->
                        OptionalLong.of(job.checkpoint().map(Checkpoint::id).orElse(0L) + job.failedCheckpoints() + 2))
                .orElse(OptionalLong.empty());
    }

    private static boolean ranLater(Observation seen, Instant from) {
        return seen.job()
                .flatMap(JobReading::runningSince)
                .filter(from::isBefore)
                .isPresent();
    }
}
