package dev.weft.job.cli;

import dev.weft.event.EventReader;
import dev.weft.event.Received;
import dev.weft.event.kafka.KafkaRecords;
import dev.weft.job.ChannelConfig;
import dev.weft.job.JobConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * What a job has read between two times, by the timestamps of the records. Reading it again joins no consumer group and
 * commits nothing.
 */
final class History {

    private static final Duration ONE_POLL = Duration.ofMillis(200);

    private final JobConfig config;
    private final Properties client;
    private final Instant from;
    private final Instant to;

    History(JobConfig config, Properties client, Instant from, Instant to) {
        this.config = config;
        this.client = client;
        this.from = from;
        this.to = to;
    }

    /** Hands on up to {@code max} records: all of them if there are no more, otherwise some of each partition. */
    void read(long max, Consumer<Received> taker) throws CommandFailure {
        Properties settings = new Properties();
        settings.putAll(client);
        settings.put("enable.auto.commit", "false");
        settings.put("isolation.level", "read_committed");
        settings.put("allow.auto.create.topics", "false");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = partitions(consumer);
            consumer.assign(partitions);
            Map<TopicPartition, Long> ends = seek(consumer, partitions);
            read(consumer, ends, max, taker);
        } catch (KafkaException e) {
            throw KafkaReach.failure(config.kafka().bootstrap(), e);
        }
    }

    private void read(
            KafkaConsumer<byte[], byte[]> consumer,
            Map<TopicPartition, Long> ends,
            long max,
            Consumer<Received> taker) {
        EventReader reader = new EventReader(config.limits().maxEventBytes());
        Set<TopicPartition> left = new HashSet<>(ends.keySet());
        long taken = 0;
        while (taken < max) {
            left.removeIf(partition -> consumer.position(partition) >= ends.getOrDefault(partition, 0L));
            if (left.isEmpty()) {
                return;
            }
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(ONE_POLL)) {
                TopicPartition partition = new TopicPartition(record.topic(), record.partition());
                if (record.offset() < ends.getOrDefault(partition, 0L) && taken < max) {
                    taker.accept(reader.read(KafkaRecords.origin(record), KafkaRecords.wire(record)));
                    taken++;
                }
            }
        }
    }

    private List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer) {
        List<ChannelConfig> sources = config.sources();
        return consumer.listTopics().values().stream()
                .flatMap(List<PartitionInfo>::stream)
                .filter(info ->
                        sources.stream().anyMatch(source -> source.topics().covers(info.topic())))
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
    }

    /** Goes to the start, and returns where each partition ends. */
    private Map<TopicPartition, Long> seek(KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions) {
        Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(partitions));
        Map<TopicPartition, @Nullable OffsetAndTimestamp> starts = consumer.offsetsForTimes(at(partitions, from));
        Map<TopicPartition, @Nullable OffsetAndTimestamp> stops = consumer.offsetsForTimes(at(partitions, to));
        for (TopicPartition partition : partitions) {
            OffsetAndTimestamp start = starts.get(partition);
            OffsetAndTimestamp stop = stops.get(partition);
            long end = ends.getOrDefault(partition, 0L);
            consumer.seek(partition, start == null ? end : start.offset());
            ends.put(partition, stop == null ? end : Math.min(end, stop.offset()));
        }
        return ends;
    }

    private static Map<TopicPartition, Long> at(List<TopicPartition> partitions, Instant time) {
        Map<TopicPartition, Long> times = new HashMap<>();
        partitions.forEach(partition -> times.put(partition, time.toEpochMilli()));
        return times;
    }
}
