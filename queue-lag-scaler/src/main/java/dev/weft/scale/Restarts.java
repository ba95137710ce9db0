package dev.weft.scale;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What changes of size cost, as far as was seen. Durations that are not known yet are empty.
 *
 * @param restart for so long nothing is drained when the job is restarted
 * @param reaction so long it takes from a decision until the job runs with the new size, the restart included
 * @param start so long it takes from nothing until the job runs
 */
record Restarts(Optional<Duration> restart, Optional<Duration> reaction, Optional<Duration> start) {

    static final Restarts UNKNOWN = new Restarts(Optional.empty(), Optional.empty(), Optional.empty());

    private static final Duration LONGEST = Duration.ofMinutes(10);

    /** What a TaskManager takes to start, until something was seen. */
    private static final Duration START = Duration.ofSeconds(30);

    /** What a restart takes, until one was seen. */
    private static final Duration RESTART = Duration.ofSeconds(10);

    /** Takes in that a job began to run. */
    Restarts with(Memory before, Observation seen, Instant running, Duration poll) {
        Optional<Glance> last = before.last();
        boolean slept = last.map(each -> each.runningSince().isEmpty()).orElse(true);
        Optional<Duration> sinceDecision = before.since().map(at -> Duration.between(at, running));
        boolean asDecided = seen.job().map(JobReading::parallelism).orElse(0) == before.wanted();
        if (slept) {
            return new Restarts(restart, reaction, asDecided ? mixed(start, sinceDecision) : start);
        }
        // The old execution ended between the last look at it and the next look; in the middle, as far as anyone knows.
        Optional<Duration> gap =
                last.map(each -> Duration.between(each.ran(), running).minus(poll.dividedBy(2)));
        return new Restarts(mixed(restart, gap), asDecided ? mixed(reaction, sinceDecision) : reaction, start);
    }

    double restartSeconds() {
        return Seconds.of(restart.orElse(RESTART));
    }

    double reactionSeconds(Duration checkpointInterval) {
        return Seconds.of(reaction.orElse(START.plus(checkpointInterval)));
    }

    double startSeconds() {
        return Seconds.of(start.orElse(START.plus(RESTART)));
    }

    private static Optional<Duration> mixed(Optional<Duration> before, Optional<Duration> seen) {
        return seen.filter(each -> !each.isNegative() && !each.isZero() && each.compareTo(LONGEST) <= 0)
                .map(each -> Duration.ofMillis(before.orElse(each).plus(each).toMillis() / 2))
                .or(() -> before);
    }
}
