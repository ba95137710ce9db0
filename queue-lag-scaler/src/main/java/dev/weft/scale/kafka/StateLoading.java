package dev.weft.scale.kafka;

import dev.weft.scale.lag.Reading;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Makes sure that the state topic is there and fit to keep things, and reads the whole of it. */
final class StateLoading {

    /** Small segments, because only closed ones are compacted and all of them are read at the start. */
    private static final Map<String, String> MADE_WITH = Map.of(
            TopicConfig.CLEANUP_POLICY_CONFIG,
            TopicConfig.CLEANUP_POLICY_COMPACT,
            TopicConfig.SEGMENT_BYTES_CONFIG,
            String.valueOf(16 << 20));

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
    private static final Duration GOODBYE_TAKES = Duration.ofSeconds(1);
    private static final int PATIENCES = 12;

    private final ClientSettings settings;
    private final String topic;
    private final Optional<Short> replication;
    private final Duration patience;

    StateLoading(ClientSettings settings, String topic, Optional<Short> replication, Duration patience) {
        this.settings = settings;
        this.topic = topic;
        this.replication = replication;
        this.patience = patience;
    }

    Map<String, byte[]> load() throws IOException {
        try {
            requireCompacted();
        } catch (KafkaException e) {
            throw unreadable(e);
        }
        try (var consumer = new KafkaConsumer<byte[], byte[]>(settings.consumer("read_committed"))) {
            return readAll(consumer);
        } catch (KafkaException e) {
            throw unreadable(e);
        }
    }

    private void requireCompacted() throws IOException {
        Admin admin = Admin.create(settings.admin());
        try {
            requireCompacted(admin);
        } finally {
            admin.close(GOODBYE_TAKES); // without a bound it waits for who never answers
        }
    }

    private void requireCompacted(Admin admin) throws IOException {
        Optional<Config> config = config(admin);
        if (config.isEmpty()) {
            create(admin);
            return;
        }
        String policy = config.get().get(TopicConfig.CLEANUP_POLICY_CONFIG).value();
        if (!policy.equals(TopicConfig.CLEANUP_POLICY_COMPACT)) {
            throw new IOException("topic %s: found cleanup.policy %s, expected compact; it would forget what it keeps"
                    .formatted(topic, policy));
        }
    }

    private Optional<Config> config(Admin admin) throws IOException {
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        Deadline deadline = deadline();
        Reading<Optional<Config>> config = deadline.await(
                admin.describeConfigs(List.of(resource)).all().thenApply(all -> Optional.ofNullable(all.get(resource))),
                failure -> failure instanceof UnknownTopicOrPartitionException
                        ? new Reading.Known<>(Optional.empty())
                        : deadline.refused(failure));
        return known(config);
    }

    private void create(Admin admin) throws IOException {
        Deadline deadline = deadline();
        var made = new NewTopic(topic, Optional.of(1), replication).configs(MADE_WITH);
        known(deadline.await(
                admin.createTopics(List.of(made)).all().thenApply(any -> true),
                failure -> failure instanceof TopicExistsException
                        ? new Reading.Known<>(true) // another scaler was as fast
                        : deadline.refused(failure)));
    }

    private Map<String, byte[]> readAll(KafkaConsumer<byte[], byte[]> consumer) throws IOException {
        Deadline deadline = new Deadline("its Kafka cluster", patience.multipliedBy(PATIENCES));
        List<TopicPartition> partitions = partitions(consumer, deadline);
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        Map<String, byte[]> loaded = new HashMap<>();
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            if (deadline.isPast()) {
                throw new IOException("topic %s: %s".formatted(topic, deadline.silence()));
            }
            for (ConsumerRecord<byte[], byte[]> each : consumer.poll(BETWEEN_LOOKS)) {
                take(each, loaded);
            }
        }
        return loaded;
    }

    /** A topic that was just made is not known to every broker at once. */
    private List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer, Deadline deadline)
            throws IOException {
        while (!deadline.isPast()) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(each -> new TopicPartition(topic, each.partition()))
                    .toList();
            if (!partitions.isEmpty()) {
                return partitions;
            }
        }
        throw new IOException("topic %s: %s".formatted(topic, deadline.silence()));
    }

    private static void take(ConsumerRecord<byte[], byte[]> each, Map<String, byte[]> loaded) {
        if (each.key() == null) {
            return; // not ours
        }
        String name = new String(each.key(), StandardCharsets.UTF_8);
        if (each.value() == null) {
            loaded.remove(name);
        } else {
            loaded.put(name, each.value());
        }
    }

    private Deadline deadline() {
        return new Deadline("its Kafka cluster", patience);
    }

    private <T> T known(Reading<T> reading) throws IOException {
        if (reading instanceof Reading.Unknown<?> unknown) {
            throw new IOException("topic %s: %s".formatted(topic, unknown.reason()));
        }
        return reading.value().orElseThrow();
    }

    private IOException unreadable(KafkaException e) {
        return new IOException("topic %s: %s".formatted(topic, Deadline.said(e)), e);
    }
}
