package dev.weft.testkit.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.testkit.kafka.Producers;
import dev.weft.testkit.kafka.TopicReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokerProcessTest {

    @TempDir
    private Path folder;

    @Test
    void keepsItsRecordsWhenStoppedAndWhenKilled() throws Exception {
        try (var broker = BrokerProcess.start(folder)) {
            broker.createTopics("orders");
            send(broker, "first");

            broker.stop();
            broker.startAgain();
            send(broker, "second");

            broker.kill();
            broker.startAgain();
            send(broker, "third");

            assertThat(values(broker)).containsExactly("first", "second", "third");
        }
    }

    private static void send(BrokerProcess broker, String value) throws Exception {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        Producers.sendAll(broker.bootstrapServers(), List.of(new ProducerRecord<>("orders", bytes)));
    }

    private static List<String> values(BrokerProcess broker) {
        return TopicReader.committed(broker.bootstrapServers()).readToEnd("orders").stream()
                .map(polled -> new String(polled.value(), StandardCharsets.UTF_8))
                .toList();
    }
}
