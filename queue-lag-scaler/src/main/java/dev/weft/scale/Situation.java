package dev.weft.scale;

import dev.weft.scale.JobReading.Phase;
import dev.weft.scale.Outlook.Stage;
import dev.weft.scale.PolicySettings.Consumer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Everything the rules look at, reckoned once.
 *
 * @param memory with what this observation taught in it
 * @param running subtasks that drain now; 0 if none does
 * @param drain what was seen of how fast they do
 */
record Situation(
        PolicySettings settings, Observation seen, Memory memory, Sizes sizes, Load load, int running, Drain drain) {

    /** A decision whose consequences are not seen after so long is taken as carried out, as far as it could be. */
    private static final Duration GIVEN_UP = Duration.ofMinutes(5);

    boolean isFlink() {
        return settings.consumer() != Consumer.GROUP;
    }

    /** Whether there is a job and nobody could ask it. */
    boolean jobIsUnknown() {
        return isFlink() && seen.job().isEmpty();
    }

    Optional<Phase> phase() {
        return seen.job().map(JobReading::phase);
    }

    Duration sinceChange() {
        return memory.since().map(at -> Duration.between(at, seen.at())).orElse(Duration.ofDays(1));
    }

    /** Whether a change of size was decided that the consumer was not seen to have made. */
    boolean isInFlight() {
        if (phase().filter(each -> each == Phase.RESTARTING || each == Phase.WAITING)
                .isPresent()) {
            return true;
        }
        boolean waits = sinceChange().compareTo(GIVEN_UP) < 0;
        if (isFlink()) {
            return waits
                    && seen.job()
                            .filter(job -> job.parallelism() != memory.wanted())
                            .isPresent();
        }
        return waits
                && seen.replicas()
                        .map(there -> there != sizes.atLeast(memory.wanted()).replicas())
                        .orElse(Seconds.of(sinceChange()) < memory.restarts().startSeconds());
    }

    /** Whether the last change is long enough ago, and a checkpoint has completed since the job runs with it. */
    boolean isSteady() {
        return sinceChange().compareTo(settings.steadyFor()) >= 0
                && seen.job().map(this::hasCheckpoint).orElse(true);
    }

    private boolean hasCheckpoint(JobReading job) {
        Instant running = job.runningSince().orElse(Instant.MAX);
        boolean changed = memory.since().filter(at -> at.isBefore(running)).isPresent();
        return !changed
                || job.checkpoint()
                        .filter(each -> each.completed().isAfter(running))
                        .isPresent();
    }

    /** Whether what the consumer does cannot be seen, or says nothing about what it could do. */
    boolean isBlind() {
        return running == 0 || isInFlight() || jobIsUnknown() || !knowsCapacity();
    }

    boolean isTargetLimited() {
        return seen.job().map(JobReading::targetLimited).orElse(false);
    }

    boolean hasFailingCheckpoints() {
        return seen.job().map(job -> job.failedCheckpoints() >= 2).orElse(false);
    }

    boolean isEstimated() {
        return isEstimated(settings, seen);
    }

    /** Whether what waits is a guess; a plain consumer group has nothing but commits, and goes by them. */
    static boolean isEstimated(PolicySettings settings, Observation seen) {
        return settings.consumer() != Consumer.GROUP
                && seen.partitions().stream().anyMatch(PartitionLag::estimated);
    }

    Size wanted() {
        return sizes.atLeast(memory.wanted());
    }

    double perSubtask(int parallelism) {
        return memory.capacity().at(parallelism, settings.capacityPerSubtask());
    }

    boolean knowsCapacity() {
        return perSubtask(Math.max(1, running)) > 0;
    }

    Stage stage(Size size) {
        return new Stage(size.parallelism(), perSubtask(size.parallelism()));
    }

    /** What drains now. */
    Stage present() {
        return new Stage(running, running > 0 ? perSubtask(running) : 0);
    }

    Duration checkpointInterval() {
        return seen.checkpointInterval();
    }

    Instant at() {
        return seen.at();
    }
}
