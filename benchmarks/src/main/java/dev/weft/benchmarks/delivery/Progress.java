package dev.weft.benchmarks.delivery;

import java.util.BitSet;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;

/**
 * Which events of the one partition are delivered. Commits the offset before which all are, once a second. Events may
 * be {@link #delivered} by any thread; {@link #commit} is for the thread that polls.
 */
final class Progress {

    private static final long NANOS_BETWEEN = 1_000_000_000;

    private final BitSet delivered = new BitSet();
    private int prefix;
    private int committed;
    private long committedAt;

    Progress(long now) {
        this.committedAt = now;
    }

    synchronized void delivered(long offset) {
        delivered.set(Math.toIntExact(offset));
    }

    private synchronized int prefix() {
        prefix = delivered.nextClearBit(prefix);
        return prefix;
    }

    /**
     * Commits if it is time.
     *
     * @param now in nanoseconds
     */
    void commit(KafkaConsumer<?, ?> consumer, long now) {
        if (now - committedAt < NANOS_BETWEEN) {
            return;
        }
        committedAt = now;
        int upTo = prefix();
        if (upTo > committed) {
            committed = upTo;
            consumer.commitAsync(Map.of(Feed.PARTITION, new OffsetAndMetadata(upTo)), null);
        }
    }
}
