package dev.weft.scale.lag;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/** Where offsets come from. Calls block, and end within the time the implementation was given. */
public interface QueueReader {

    /** Reads many queues at once; there is an answer for each. */
    Map<QueueRef, Reading<QueueSnapshot>> read(Set<QueueRef> queues);

    /**
     * What somebody who reads committed records from an offset on finds first. It says which stretch was looked
     * through, because it may be told later than the next question.
     */
    sealed interface Probed {
        /** A record at {@code offset}, written at that time, and none from {@code from} up to it. */
        record Found(long from, long offset, Instant written) implements Probed {}

        /** Nothing from {@code from} up to and not including {@code end}. */
        record Nothing(long from, long end) implements Probed {}

        /** It could not be found out. */
        record Unclear(String reason) implements Probed {}
    }

    /** Looks from {@code from} on for a record that can be read, up to but not including {@code end}. */
    Probed probe(String cluster, TopicPartition partition, long from, long end);

    /** Returns the first offset whose record is not older than {@code time}, or the end if there is none. */
    Reading<Map<TopicPartition, Long>> offsetsFor(String cluster, Set<TopicPartition> partitions, Instant time);
}
