package dev.weft.scale.lag;

import dev.weft.scale.lag.QueueReader.Probed;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/**
 * What was read of a queue and of who consumes it.
 *
 * @param at now
 * @param queue its offsets
 * @param job the Flink job that consumes it; empty for a plain consumer group
 * @param probes answers to {@link Tracked.Probe}s of earlier steps
 * @param starts answers to {@link Tracked.LookUp}s of earlier steps
 */
public record Sighting(
        Instant at,
        QueueSnapshot queue,
        Optional<Reading<JobSnapshot>> job,
        Map<TopicPartition, Probed> probes,
        Map<TopicPartition, Long> starts) {

    public Sighting {
        probes = Map.copyOf(probes);
        starts = Map.copyOf(starts);
    }
}
