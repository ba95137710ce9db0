package dev.weft.scale;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * All that is known of a queue and who consumes it at one moment.
 *
 * @param at when
 * @param partitions each partition of the queue, by topic and number
 * @param endsUnmovedSince since when nothing was written to any partition, markers of transactions included
 * @param drainedPerSecond records per second by which positions advanced, all partitions together
 * @param job the Flink job that consumes it; empty for a plain consumer group, and while the job cannot be asked
 * @param replicas the scale target is known to have, as far as anyone said; empty if nobody has
 */
public record Observation(
        Instant at,
        List<PartitionLag> partitions,
        Instant endsUnmovedSince,
        double drainedPerSecond,
        Optional<JobReading> job,
        Optional<Integer> replicas) {

    public Observation {
        partitions = List.copyOf(partitions);
    }

    /** Returns the job's interval of checkpoints; zero if there are none or the job is not known. */
    Duration checkpointInterval() {
        return job.map(JobReading::checkpointInterval).orElse(Duration.ZERO);
    }

    /** Returns how many records wait in all. */
    public double lag() {
        return partitions.stream().mapToDouble(PartitionLag::records).sum();
    }

    /** Returns how many records per second are written in all. */
    public double arrivalsPerSecond() {
        return partitions.stream().mapToDouble(PartitionLag::arrivalsPerSecond).sum();
    }
}
