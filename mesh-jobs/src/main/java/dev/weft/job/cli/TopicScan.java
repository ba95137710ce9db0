package dev.weft.job.cli;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Everything that is committed in a topic, once. Reading it joins no consumer group and commits nothing. */
final class TopicScan {

    private static final Duration ONE_POLL = Duration.ofMillis(200);

    private final Properties client;

    /** Takes what is read. */
    interface Taker {
        void take(ConsumerRecord<byte[], byte[]> record);
    }

    TopicScan(Properties client) {
        this.client = reading(client);
    }

    /** Returns what a consumer is configured with that looks at what is committed, and changes nothing. */
    static Properties reading(Properties client) {
        Properties reading = new Properties();
        reading.putAll(client);
        reading.put("enable.auto.commit", "false");
        reading.put("isolation.level", "read_committed");
        reading.put("allow.auto.create.topics", "false");
        return reading;
    }

    /** Returns the partitions of a topic; none where there is no such topic. */
    static List<TopicPartition> partitions(KafkaConsumer<?, ?> consumer, String topic) {
        return consumer.listTopics().getOrDefault(topic, List.of()).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
    }

    /** Reads a topic from its beginning to where it ends now. Returns how many partitions it has; none: no topic. */
    int read(String topic, Taker taker) {
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = partitions(consumer, topic);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            Set<TopicPartition> left = new HashSet<>(partitions);
            left.removeIf(each -> consumer.position(each) >= ends.getOrDefault(each, 0L));
            while (!left.isEmpty()) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(ONE_POLL)) {
                    TopicPartition partition = new TopicPartition(record.topic(), record.partition());
                    if (record.offset() < ends.getOrDefault(partition, 0L)) {
                        taker.take(record);
                    }
                }
                left.removeIf(each -> consumer.position(each) >= ends.getOrDefault(each, 0L));
            }
            return partitions.size();
        }
    }
}
