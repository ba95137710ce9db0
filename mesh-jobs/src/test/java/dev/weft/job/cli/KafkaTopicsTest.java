package dev.weft.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.local.EmbeddedKafka;
import dev.weft.local.LoopbackPort;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaTopicsTest {

    /**
     * Kafka says "created" before its brokers have heard of a topic: on a busy machine {@code submit --create-topics}
     * once made a topic and then said that it does not exist.
     */
    @Test
    void aTopicThatWasMadeIsThere(@TempDir Path folder) throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder, LoopbackPort.ANY);
                KafkaTopics topics = KafkaTopics.at(client(kafka), kafka.bootstrapServers())) {
            for (int i = 0; i < 20; i++) {
                topics.create("made-" + i, Map.of());

                assertThat(topics.names()).contains("made-" + i);
            }
        }
    }

    @Test
    void whatBecomesOfOldRecordsIsTheTopicsOwnSettingOrThatOfAll(@TempDir Path folder) throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder, LoopbackPort.ANY);
                KafkaTopics topics = KafkaTopics.at(client(kafka), kafka.bootstrapServers())) {
            topics.create("compacted", Map.of("cleanup.policy", "compact"));
            topics.create("usual", Map.of());

            assertThat(topics.cleanupPolicies(List.of("compacted", "usual")))
                    .isEqualTo(Map.of("compacted", "compact", "usual", "delete"));
        }
    }

    private static Properties client(EmbeddedKafka kafka) {
        Properties client = new Properties();
        client.put("bootstrap.servers", kafka.bootstrapServers());
        return client;
    }
}
