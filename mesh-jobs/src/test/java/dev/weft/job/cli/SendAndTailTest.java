package dev.weft.job.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weft.local.EmbeddedKafka;
import dev.weft.local.LocalTopic;
import dev.weft.local.LoopbackPort;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events go into a channel and come out of it, through a real broker. */
class SendAndTailTest {

    @TempDir
    private static Path folder;

    private static EmbeddedKafka kafka;
    private static int tests;

    private Path config;
    private String topic;

    @BeforeAll
    static void start() throws Exception {
        kafka = EmbeddedKafka.start(folder.resolve("kafka"), LoopbackPort.ANY);
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    /** Each test has a topic of its own. */
    @BeforeEach
    void makeTopic(TestInfo test) throws Exception {
        tests++;
        topic = "shop.orders." + tests;
        kafka.createTopics(List.of(LocalTopic.named(topic)));
        config = folder.resolve("shop-" + tests + ".yaml");
        String shop = Files.readString(Path.of(Typed.file("shop.yaml")));
        Files.writeString(
                config,
                shop.replace("shop.orders }", topic + " }").replace("localhost:9092", kafka.bootstrapServers()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"binary", "structured"})
    void anEventComesOutAsItWentIn(String mode) throws Exception {
        Typed sent = weft("send", "orders", "--event", Typed.file("order.json"), "--mode", mode);

        assertThat(sent).isEqualTo(new Typed(0, "sent 1 event to " + topic + "/0/0" + System.lineSeparator(), ""));
        assertThat(tailed(1))
                .containsExactly(
                        Json.MAPPER.readTree(Path.of(Typed.file("order.json")).toFile()));
    }

    @Test
    void anEventCanBeTyped() throws Exception {
        Typed sent = weft(
                "send",
                "orders",
                "--type",
                "shop.order.placed",
                "--id",
                "o-1",
                "--subject",
                "s",
                "--ext",
                "region=eu",
                "--data",
                "{\"amount\": 1200.50}");

        assertThat(sent.exitCode()).as(sent.err()).isZero();
        JsonNode event = tailed(1).get(0);
        assertThat(event.path("type").asText()).isEqualTo("shop.order.placed");
        assertThat(event.path("source").asText()).isEqualTo("/weft/send");
        assertThat(event.path("region").asText()).isEqualTo("eu");
        assertThat(event.path("data").toString()).isEqualTo("{\"amount\":1200.50}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s\n%s\n%s", "[%s, %s, %s]"})
    void manyEventsComeFromTheStandardInput(String form) throws Exception {
        String events = form.formatted(event("a"), event("b"), event("c"));

        Typed sent = Typed.in(folder, events, "send", "orders", "--config", config.toString(), "--event", "-");

        assertThat(sent.out()).isEqualTo("sent 3 events to " + topic + System.lineSeparator());
        assertThat(tailed(3)).extracting(event -> event.path("id").asText()).containsExactly("a", "b", "c");
    }

    @Test
    void whatIsNoEventIsRefusedWithItsLine() {
        String events = event("a") + "\n" + event("b").replace("\"source\"", "\"sauce\"");

        Typed sent = Typed.in(folder, events, "send", "orders", "--config", config.toString(), "--event", "-");

        assertThat(sent.exitCode()).isEqualTo(2);
        assertThat(sent.err())
                .startsWith("<stdin>:2: not a CloudEvent: ")
                .contains("missing-attribute")
                .hasLineCount(1);
    }

    @Test
    void eventsOfAnAbortedTransactionAreShownOnlyWhenAskedFor() throws Exception {
        abort("{}");
        weft("send", "orders", "--type", "t", "--id", "kept");

        assertThat(tailed(1)).extracting(event -> event.path("id").asText()).containsExactly("kept");
        Typed all = weft("tail", "orders", "--from", "earliest", "--max", "2", "--uncommitted", "--output", "json");
        assertThat(all.out()).contains("not-a-cloudevent").contains("kept");
    }

    @Test
    void aRecordThatIsNoEventIsShownWithTheReason() throws Exception {
        produce("order 17\u001b[2J");

        Typed tail = weft("tail", "orders", "--from", "earliest", "--max", "1");

        assertThat(tail.out())
                .startsWith("not an event: the record has neither")
                .contains("(" + topic + "/0/0 at ")
                .contains("  order 17\ufffd[2J");
    }

    @Test
    void fewerEventsThanWantedIsAFailure() {
        Typed tail = weft("tail", "orders", "--max", "2", "--timeout", "300ms");

        assertThat(tail)
                .isEqualTo(new Typed(1, "", "weft tail: 0 of 2 events came within 0.3 s" + System.lineSeparator()));
    }

    @Test
    void aTimeWithoutANumberIsJustTheEnd() {
        assertThat(weft("tail", "orders", "--timeout", "300ms")).isEqualTo(new Typed(0, "", ""));
    }

    @Test
    void aKafkaThatIsNotThereIsSaidInOneSentence() throws Exception {
        int free = LoopbackPort.claim("nobody", LoopbackPort.ANY);

        Typed sent = weft("send", "orders", "--type", "t", "--bootstrap", "127.0.0.1:" + free, "--wait", "500ms");

        assertThat(sent)
                .isEqualTo(new Typed(
                        1,
                        "",
                        "Kafka at 127.0.0.1:%d did not answer in time. Is it running, and is this its address?%n"
                                .formatted(free)));
    }

    private Typed weft(String command, String channel, String... options) {
        List<String> args = new ArrayList<>(List.of(command, channel, "--config", config.toString()));
        args.addAll(List.of(options));
        return Typed.in(folder, "", args.toArray(String[]::new));
    }

    private List<JsonNode> tailed(int count) throws Exception {
        Typed tail = weft(
                "tail", "orders", "--from", "earliest", "--max", "" + count, "--timeout", "60s", "--output", "json");
        assertThat(tail.exitCode()).as(tail.err()).isZero();
        List<JsonNode> events = new ArrayList<>();
        for (String line : tail.out().lines().toList()) {
            events.add(Json.MAPPER.readTree(line));
        }
        return events;
    }

    private static String event(String id) {
        return "{\"specversion\": \"1.0\", \"id\": \"%s\", \"source\": \"/me\", \"type\": \"t\"}".formatted(id);
    }

    private void produce(String value) throws Exception {
        try (var producer = producer(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            producer.send(new ProducerRecord<>(topic, value)).get();
        }
    }

    private void abort(String value) throws Exception {
        try (var producer = producer(
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "transactional.id", "aborted-" + topic))) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(topic, value)).get();
            producer.abortTransaction();
        }
    }

    private static KafkaProducer<String, String> producer(Map<String, Object> settings) {
        return new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
    }
}
