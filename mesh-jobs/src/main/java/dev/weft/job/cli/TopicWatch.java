package dev.weft.job.cli;

import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What is committed to a topic from when this is opened on. As a {@link TopicScan}, it joins no consumer group. */
final class TopicWatch implements AutoCloseable {

    private static final Duration ONE_POLL = Duration.ofMillis(200);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions;

    TopicWatch(Properties client, String topic) {
        consumer = new KafkaConsumer<>(
                TopicScan.reading(client), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        try {
            partitions = TopicScan.partitions(consumer, topic);
            consumer.assign(partitions);
            consumer.seekToEnd(partitions);
            partitions.forEach(consumer::position); // which is where it ends now: seeking is lazy
        } catch (RuntimeException e) {
            consumer.close();
            throw e;
        }
    }

    /** Whether there is such a topic. */
    boolean hasTopic() {
        return !partitions.isEmpty();
    }

    /** Waits a moment for records, and gives those that came. */
    void poll(TopicScan.Taker taker) {
        consumer.poll(ONE_POLL).forEach(taker::take);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
