package dev.weft.job.cli;

import dev.weft.config.SecretText;
import dev.weft.job.JobConfig;
import dev.weft.job.KafkaSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A job config against the embedded Kafka, which asks nobody who they are. */
final class EmbeddedSettings {

    private static final List<String> ONLY_FOR_REAL_BROKERS = List.of("security.", "sasl.", "ssl.");

    private EmbeddedSettings() {}

    /** Returns the config with that broker, and without what only a secured one understands. */
    static JobConfig of(JobConfig config, String bootstrapServers) {
        KafkaSettings kafka = config.kafka();
        Map<String, SecretText> properties = new LinkedHashMap<>(kafka.properties());
        properties.keySet().removeIf(key -> ONLY_FOR_REAL_BROKERS.stream().anyMatch(key::startsWith));
        return config.withKafka(new KafkaSettings(
                List.of(bootstrapServers), properties, kafka.groupId(), kafka.startFrom(), kafka.discoverEvery()));
    }
}
