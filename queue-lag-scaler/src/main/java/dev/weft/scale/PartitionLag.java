package dev.weft.scale;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What waits in one partition, and how fast it grows.
 *
 * @param records that wait and can be read: no transaction markers, aborted batches or holes of compaction; at least 0
 * @param estimated whether the consumer's position was reckoned from its last commit, not seen
 * @param arrivalsPerSecond records per second that are written to it, at least 0
 * @param oldest how long the first record that waits has waited; zero if none waits
 * @param unmovedSince since when the position has stood still though records wait; empty if it moves or none waits
 */
public record PartitionLag(
        String topic,
        int partition,
        double records,
        boolean estimated,
        double arrivalsPerSecond,
        Duration oldest,
        Optional<Instant> unmovedSince) {}
