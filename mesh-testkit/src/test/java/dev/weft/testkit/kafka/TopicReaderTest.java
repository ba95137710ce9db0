package dev.weft.testkit.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.weft.local.EmbeddedKafka;
import dev.weft.local.LocalTopic;
import dev.weft.local.LoopbackPort;
import dev.weft.testkit.Await;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopicReaderTest {

    private static final Duration BOUND = Duration.ofSeconds(60);

    @TempDir
    private static Path folder;

    private static EmbeddedKafka kafka;

    @BeforeAll
    static void start() throws Exception {
        kafka = EmbeddedKafka.start(folder, LoopbackPort.ANY);
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @Test
    void readsEveryPartitionOfEveryTopicInLogOrder() throws Exception {
        kafka.createTopics(List.of(LocalTopic.named("even").partitioned(3), LocalTopic.named("odd")));
        Producers.sendAll(
                kafka.bootstrapServers(),
                IntStream.range(0, 300)
                        .mapToObj(i -> i % 2 == 0
                                ? new ProducerRecord<>("even", i % 3, (byte[]) null, bytes("" + i))
                                : new ProducerRecord<byte[], byte[]>("odd", bytes("" + i)))
                        .toList());

        var read = TopicReader.committed(kafka.bootstrapServers()).readToEnd("odd", "even");

        assertThat(values(read))
                .containsExactlyElementsOf(Stream.of(
                                numbers().filter(i -> i % 6 == 0),
                                numbers().filter(i -> i % 6 == 4),
                                numbers().filter(i -> i % 6 == 2),
                                numbers().filter(i -> i % 2 == 1))
                        .flatMap(part -> part.mapToObj(String::valueOf))
                        .toList());
    }

    @Test
    void onlyTheUncommittedReaderSeesAnOpenTransaction() {
        kafka.createTopics("open");
        try (var producer = transactional()) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>("open", bytes("not yet")));
            producer.flush();

            assertThat(TopicReader.committed(kafka.bootstrapServers()).readToEnd("open"))
                    .isEmpty();
            assertThat(values(TopicReader.uncommitted(kafka.bootstrapServers()).readToEnd("open")))
                    .containsExactly("not yet");

            producer.commitTransaction();
            assertThat(values(TopicReader.committed(kafka.bootstrapServers()).readAtLeast(1, BOUND, "open")))
                    .containsExactly("not yet");
        }
    }

    @Test
    void anEmptyTopicIsReadAtOnce() {
        kafka.createTopics("empty");
        assertThat(TopicReader.committed(kafka.bootstrapServers()).readToEnd("empty"))
                .isEmpty();
    }

    @Test
    void saysHowFarItGotWhenTooFewArrive() throws Exception {
        kafka.createTopics("few");
        Producers.sendAll(kafka.bootstrapServers(), List.of(new ProducerRecord<>("few", bytes("one"))));
        var reader = TopicReader.committed(kafka.bootstrapServers());

        assertThat(reader.readAtLeast(1, BOUND, "few")).hasSize(1);
        // On a machine that is busy a second may be over before the first record is read.
        Await.until("a read that got as far as the only record", BOUND, () -> {
            Throwable refusal = catchThrowable(() -> reader.readAtLeast(2, Duration.ofSeconds(1), "few"));
            assertThat(refusal).isInstanceOf(AssertionError.class);
            return "after 1 s, 1 records of [few] were not enough".equals(refusal.getMessage());
        });
    }

    private static KafkaProducer<byte[], byte[]> transactional() {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "transactional.id", "reader-test");
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static IntStream numbers() {
        return IntStream.range(0, 300);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> values(List<ConsumerRecord<byte[], byte[]>> read) {
        return read.stream()
                .map(polled -> new String(polled.value(), StandardCharsets.UTF_8))
                .toList();
    }
}
