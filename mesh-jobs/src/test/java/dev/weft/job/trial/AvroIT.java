package dev.weft.job.trial;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.event.WireRecord;
import dev.weft.event.kafka.KafkaRecords;
import dev.weft.job.AvroOrders;
import dev.weft.job.JobConfig;
import dev.weft.testkit.kafka.Producers;
import dev.weft.testkit.kafka.TopicReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events in Avro through Kafka and Flink: the schema reaches every subtask, and what goes on is byte for byte. */
class AvroIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int ORDERS = 300;
    private static final String[] OUTPUTS = {
        "avro.orders.large", "avro.orders.gifts", "avro.orders.eu", "avro.dead",
    };

    @TempDir
    private static Path folder;

    @Test
    void avroIsFilteredChangedAndDeadLettered() throws Exception {
        List<WireRecord> orders =
                IntStream.range(0, ORDERS).mapToObj(AvroIT::order).toList();
        try (QuietMesh mesh = QuietMesh.start(folder)) {
            JobConfig config = AvroOrders.job(mesh.bootstrapServers());
            mesh.createTopics(
                    2,
                    config.channels().stream().map(channel -> channel.topic()).toList());
            Producers.sendAll(
                    mesh.bootstrapServers(), orders.stream().map(AvroIT::sent).toList());
            RunningJob job = mesh.run(config);
            TopicReader reader = TopicReader.committed(mesh.bootstrapServers());
            Map<String, List<ConsumerRecord<byte[], byte[]>>> written =
                    reader.readAtLeast(ORDERS, PATIENCE, OUTPUTS).stream()
                            .collect(Collectors.groupingBy(ConsumerRecord::topic));
            job.stopWithSavepoint();

            assertThat(written.get("avro.orders.large"))
                    .extracting(KafkaRecords::wire)
                    .containsExactlyInAnyOrderElementsOf(every(orders, 0));
            assertThat(written.get("avro.orders.gifts"))
                    .extracting(KafkaRecords::wire)
                    .containsExactlyInAnyOrderElementsOf(every(orders, 1));
            assertThat(written.get("avro.orders.eu"))
                    .extracting(record -> new String(record.value(), StandardCharsets.UTF_8))
                    .contains("{\"order\":\"2\",\"total\":5.20,\"first\":\"A\"}")
                    .hasSize(ORDERS / 4);
            assertThat(written.get("avro.dead"))
                    .extracting(record -> KafkaRecords.wire(record).value())
                    .containsOnly(new byte[] {1})
                    .hasSize(ORDERS / 4);
        }
    }

    private static WireRecord order(int number) {
        String id = "" + number;
        byte[] damaged = {1};
        return switch (number % 4) {
            case 0 -> large(id);
            case 1 -> AvroOrders.twice(id, "G-1", "A", "G-2");
            case 2 -> AvroOrders.order(id, "5.2", "PLACED", "A", "B");
            default -> AvroOrders.event(id, "none", AvroOrders.SCHEMA_URI, damaged);
        };
    }

    private static WireRecord large(String id) {
        WireRecord order = AvroOrders.order(id, "1234.5", "PAID", "A");
        return AvroOrders.event(id, "orders", AvroOrders.SCHEMA_URI, requireNonNull(order.value()));
    }

    private static List<WireRecord> every(List<WireRecord> orders, int remainder) {
        return Stream.iterate(remainder, i -> i < ORDERS, i -> i + 4)
                .map(orders::get)
                .toList();
    }

    private static ProducerRecord<byte[], byte[]> sent(WireRecord record) {
        ProducerRecord<byte[], byte[]> sent = new ProducerRecord<>("avro.orders", record.key(), record.value());
        for (int i = 0; i < record.headers().size(); i++) {
            sent.headers().add(record.headers().name(i), record.headers().value(i));
        }
        return sent;
    }
}
