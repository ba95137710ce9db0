package dev.weft.scale.lag;

import java.time.Instant;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;

/**
 * The offsets of a queue at one moment; every partition of it, or there is no snapshot.
 *
 * @param at when they were asked for
 * @param topicIds what tells a topic from another of the same name that came after it; empty if nobody said
 */
public record QueueSnapshot(Instant at, Map<TopicPartition, Offsets> partitions, Map<String, String> topicIds) {

    public QueueSnapshot {
        partitions = Map.copyOf(partitions);
        topicIds = Map.copyOf(topicIds);
    }

    /** Of topics nobody said the ids of. */
    public QueueSnapshot(Instant at, Map<TopicPartition, Offsets> partitions) {
        this(at, partitions, Map.of());
    }

    /**
     * Offsets of one partition. Those of the group were read first, so that none is ahead of an end by what was written
     * meanwhile.
     *
     * @param logStart the first offset that is still there
     * @param stableEnd behind the last record that a reader of committed records can read
     * @param highWatermark behind the last record, open transactions included
     * @param committed the group's; empty if it never committed
     * @param leaderEpoch the epoch of the commit, where the broker knows it
     */
    public record Offsets(
            long logStart, long stableEnd, long highWatermark, OptionalLong committed, OptionalInt leaderEpoch) {}
}
