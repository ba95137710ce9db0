package dev.weft.scale.rest;

import dev.weft.scale.JobReading;
import dev.weft.scale.JobReading.Phase;
import dev.weft.scale.lag.JobSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/** What is known of a job whether it runs or not. */
record Standing(
        Instant at,
        String job,
        Checkpoints checkpoints,
        Duration checkpointInterval,
        int upperBound,
        int freeSlots,
        int taskManagers,
        OptionalInt maxParallelism) {

    /** Returns what there is to say of a job that does nothing. */
    JobSnapshot without(Phase phase) {
        JobReading nothing = new JobReading(
                phase,
                0,
                Optional.empty(),
                0,
                0,
                0,
                false,
                checkpoints.completed(),
                checkpoints.failed(),
                checkpointInterval,
                upperBound);
        return with(nothing, 0, Map.of(), Set.of());
    }

    JobSnapshot with(JobReading reading, long attempt, Map<TopicPartition, Long> positions, Set<String> used) {
        return new JobSnapshot(at, job, attempt, reading, positions, maxParallelism, freeSlots, taskManagers, used);
    }
}
