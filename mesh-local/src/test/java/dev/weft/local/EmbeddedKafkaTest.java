package dev.weft.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedKafkaTest {

    private static final TopicPartition ORDERS = new TopicPartition("orders", 0);

    @TempDir
    private Path folder;

    @Test
    void committedTransactionsAreReadAndAbortedOnesAreNot() throws Exception {
        try (var kafka = EmbeddedKafka.start(folder, LoopbackPort.ANY)) {
            kafka.createTopics("orders");

            inTransaction(kafka, "kept", true);
            inTransaction(kafka, "dropped", false);
            inTransaction(kafka, "kept too", true);

            assertThat(committed(kafka, 2)).containsExactly("kept", "kept too");
        }
    }

    @Test
    void startsAgainOnTheSameFolderWithEverythingItHeld() throws Exception {
        int port;
        try (var kafka = EmbeddedKafka.start(folder, LoopbackPort.ANY)) {
            port = kafka.port();
            kafka.createTopics("orders");
            inTransaction(kafka, "before", true);
        }

        try (var again = EmbeddedKafka.start(folder, port)) {
            inTransaction(again, "after", true);
            assertThat(committed(again, 2)).containsExactly("before", "after");
        }
    }

    @Test
    void takesRecordsOfMoreThan30Megabytes() throws Exception {
        try (var kafka = EmbeddedKafka.start(folder, LoopbackPort.ANY)) {
            kafka.createTopics("orders");
            inTransaction(kafka, "x".repeat(31 << 20), true);
            assertThat(committed(kafka, 1))
                    .singleElement()
                    .satisfies(value -> assertThat(value).hasSize(31 << 20));
        }
    }

    @Test
    void makingATopicThatExistsLeavesItAsItIs() throws Exception {
        try (var kafka = EmbeddedKafka.start(folder, LoopbackPort.ANY)) {
            kafka.createTopics(List.of(new LocalTopic("orders", 3, Map.of("max.message.bytes", "1000"))));
            kafka.createTopics(List.of(LocalTopic.named("orders"), LocalTopic.named("alerts")));

            try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
                assertThat(admin.listTopics().names().get()).containsExactlyInAnyOrder("orders", "alerts");
                assertThat(admin.describeTopics(List.of("orders"))
                                .allTopicNames()
                                .get())
                        .hasEntrySatisfying(
                                "orders",
                                topic -> assertThat(topic.partitions()).hasSize(3));
                var orders = new ConfigResource(ConfigResource.Type.TOPIC, "orders");
                assertThat(admin.describeConfigs(List.of(orders)).all().get())
                        .hasEntrySatisfying(
                                orders,
                                config -> assertThat(
                                                config.get("max.message.bytes").value())
                                        .isEqualTo("1000"));
            }
        }
    }

    @Test
    void aTakenPortIsSaidInOneSentence() throws Exception {
        try (var holder = new ServerSocket(0, 1, InetAddress.getByName(LoopbackPort.HOST))) {
            int port = holder.getLocalPort();
            assertThatThrownBy(() -> EmbeddedKafka.start(folder, port))
                    .isInstanceOf(StartFailure.class)
                    .hasMessage("Port " + port + ", wanted for Kafka, is already taken on 127.0.0.1:"
                            + " stop the program that listens there, or choose another port.");
        }
    }

    @Test
    void aFolderInUseIsSaidInOneSentence() throws Exception {
        try (var running = EmbeddedKafka.start(folder, LoopbackPort.ANY)) {
            assertThatThrownBy(() -> EmbeddedKafka.start(running.directory(), LoopbackPort.ANY))
                    .isInstanceOf(StartFailure.class)
                    .hasMessage("The folder " + folder + " is in use by another Weft that is still running:"
                            + " stop it, or choose another work folder.");
        }
    }

    private static void inTransaction(EmbeddedKafka kafka, String value, boolean commit) throws Exception {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                kafka.bootstrapServers(),
                "transactional.id",
                "test",
                "max.request.size",
                32 << 20,
                "buffer.memory",
                64 << 20);
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(ORDERS.topic(), value)).get();
            if (commit) {
                producer.commitTransaction();
            } else {
                producer.abortTransaction();
            }
        }
    }

    /** Reads until there are {@code count}: a transaction is visible a moment after its commit was confirmed. */
    private static List<String> committed(EmbeddedKafka kafka, int count) {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "isolation.level", "read_committed");
        var read = new ArrayList<String>();
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(ORDERS));
            consumer.seekToBeginning(List.of(ORDERS));
            for (int polls = 0; read.size() < count && polls < 60; polls++) {
                consumer.poll(Duration.ofSeconds(1)).forEach(polled -> read.add(polled.value()));
            }
        }
        return read;
    }
}
