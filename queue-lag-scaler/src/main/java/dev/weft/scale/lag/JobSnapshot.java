package dev.weft.scale.lag;

import dev.weft.scale.JobReading;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/**
 * A Flink job at one moment.
 *
 * @param at when it was asked
 * @param id hexadecimal
 * @param attempt a number that is another one after every restart of the job's tasks
 * @param reading what matters for its size
 * @param positions the offset behind the last record the job has taken, for partitions of which it has taken any in
 *     this execution
 * @param maxParallelism the least of its vertices'
 * @param freeSlots of the cluster, beside those the job uses
 * @param taskManagers that are registered
 * @param used ids of the TaskManagers on which tasks of the job run; none unless it runs
 */
public record JobSnapshot(
        Instant at,
        String id,
        long attempt,
        JobReading reading,
        Map<TopicPartition, Long> positions,
        OptionalInt maxParallelism,
        int freeSlots,
        int taskManagers,
        Set<String> used) {

    public JobSnapshot {
        positions = Map.copyOf(positions);
        used = Set.copyOf(used);
    }
}
