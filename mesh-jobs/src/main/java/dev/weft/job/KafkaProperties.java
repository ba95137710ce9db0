package dev.weft.job;

import java.util.Map;
import java.util.Optional;

/** What a job config may hand to Kafka clients: everything, but what Weft sets. */
final class KafkaProperties {

    private static final String COMMITS = "none: offsets are committed with each checkpoint (spec.checkpoint)";
    private static final String WRITES = "none: spec.guarantee decides how events are written";
    private static final String CODEC = "none: keys and values are kept as bytes, events are CloudEvents";
    private static final String ASSIGNS = "none: Flink assigns the partitions";

    private static final Map<String, String> OWNED = Map.ofEntries(
            Map.entry("bootstrap.servers", "spec.kafka.bootstrapServers instead"),
            Map.entry("group.id", "spec.kafka.groupId instead"),
            Map.entry("auto.offset.reset", "spec.kafka.startFrom instead"),
            Map.entry("partition.discovery.interval.ms", "spec.kafka.discoverEvery instead"),
            Map.entry("enable.auto.commit", COMMITS),
            Map.entry("auto.commit.interval.ms", COMMITS),
            Map.entry("commit.offsets.on.checkpoint", COMMITS),
            Map.entry("isolation.level", "none: only committed events are read"),
            Map.entry("transactional.id", WRITES),
            Map.entry("transactional.id.prefix", WRITES),
            Map.entry("enable.idempotence", WRITES),
            Map.entry("acks", WRITES),
            Map.entry("key.serializer", CODEC),
            Map.entry("value.serializer", CODEC),
            Map.entry("key.deserializer", CODEC),
            Map.entry("value.deserializer", CODEC),
            Map.entry("group.instance.id", ASSIGNS),
            Map.entry("group.protocol", ASSIGNS),
            Map.entry("group.remote.assignor", ASSIGNS),
            Map.entry("partition.assignment.strategy", ASSIGNS));

    private KafkaProperties() {}

    /** Returns why the property cannot be set, ready to stand after the word "expected". */
    static Optional<String> whyNotSet(String key) {
        return Optional.ofNullable(OWNED.get(key));
    }
}
