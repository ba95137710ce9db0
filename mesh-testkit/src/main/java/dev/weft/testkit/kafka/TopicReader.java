package dev.weft.testkit.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads topics from their first record on, outside any consumer group: looking changes nothing. */
public final class TopicReader {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final Comparator<ConsumerRecord<byte[], byte[]>> IN_LOG_ORDER = Comparator.comparing(
                    (ConsumerRecord<byte[], byte[]> polled) -> polled.topic())
            .thenComparing(ConsumerRecord::partition)
            .thenComparing(ConsumerRecord::offset);

    private final String bootstrapServers;
    private final IsolationLevel isolation;

    private TopicReader(String bootstrapServers, IsolationLevel isolation) {
        this.bootstrapServers = bootstrapServers;
        this.isolation = isolation;
    }

    /** Returns a reader that sees only what transactions have committed. */
    public static TopicReader committed(String bootstrapServers) {
        return new TopicReader(bootstrapServers, IsolationLevel.READ_COMMITTED);
    }

    /** Returns a reader that sees every record, also those of open and aborted transactions. */
    public static TopicReader uncommitted(String bootstrapServers) {
        return new TopicReader(bootstrapServers, IsolationLevel.READ_UNCOMMITTED);
    }

    /**
     * Returns everything up to where the topics end as this starts, in the order of topic, partition and offset. For a
     * committed reader a partition ends before its first open transaction, and one that was committed just now may
     * still count as open: {@link #readUntil} waits for it.
     */
    public List<ConsumerRecord<byte[], byte[]>> readToEnd(String... topics) {
        try (var consumer = consumer()) {
            Map<TopicPartition, Long> ends = consumer.endOffsets(assign(consumer, topics));
            var read = new ArrayList<ConsumerRecord<byte[], byte[]>>();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(POLL).forEach(read::add);
            }
            return read.stream()
                    .filter(polled -> polled.offset()
                            < ends.getOrDefault(new TopicPartition(polled.topic(), polled.partition()), 0L))
                    .sorted(IN_LOG_ORDER)
                    .toList();
        }
    }

    /**
     * Reads on as records arrive until {@code enough} accepts all that were read so far, and returns those in the order
     * of topic, partition and offset.
     *
     * @throws AssertionError if it has not accepted within {@code bound}
     */
    public List<ConsumerRecord<byte[], byte[]>> readUntil(
            Duration bound, Predicate<List<ConsumerRecord<byte[], byte[]>>> enough, String... topics) {
        long giveUpAt = System.nanoTime() + bound.toNanos();
        try (var consumer = consumer()) {
            assign(consumer, topics);
            var read = new ArrayList<ConsumerRecord<byte[], byte[]>>();
            while (!enough.test(read)) {
                if (System.nanoTime() - giveUpAt >= 0) {
                    throw new AssertionError("after " + bound.toSeconds() + " s, " + read.size() + " records of "
                            + List.of(topics) + " were not enough");
                }
                consumer.poll(POLL).forEach(read::add);
            }
            return read.stream().sorted(IN_LOG_ORDER).toList();
        }
    }

    /** As {@link #readUntil(Duration, Predicate, String...)}, until there are at least {@code count} records. */
    public List<ConsumerRecord<byte[], byte[]>> readAtLeast(int count, Duration bound, String... topics) {
        return readUntil(bound, read -> read.size() >= count, topics);
    }

    private static Collection<TopicPartition> assign(KafkaConsumer<?, ?> consumer, String... topics) {
        List<TopicPartition> partitions = new ArrayList<>();
        for (String topic : topics) {
            for (PartitionInfo partition : consumer.partitionsFor(topic)) {
                partitions.add(new TopicPartition(topic, partition.partition()));
            }
        }
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return partitions;
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        Map<String, Object> settings = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                isolation.toString(),
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                false);
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
