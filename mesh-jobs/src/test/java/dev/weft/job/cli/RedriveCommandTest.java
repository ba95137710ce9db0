package dev.weft.job.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weft.event.BuriedEvent;
import dev.weft.event.DeadLetter;
import dev.weft.event.EventReader;
import dev.weft.event.MeshEvent;
import dev.weft.event.Origin;
import dev.weft.event.Reason;
import dev.weft.event.RefusedRecord;
import dev.weft.event.WireHeaders;
import dev.weft.event.WireRecord;
import dev.weft.event.kafka.KafkaRecords;
import dev.weft.job.Jobs;
import dev.weft.job.Wire;
import dev.weft.local.EmbeddedKafka;
import dev.weft.local.LocalTopic;
import dev.weft.local.LoopbackPort;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Dead letters from one topic of a real broker to another. What a job makes of them is told elsewhere. */
class RedriveCommandTest {

    @TempDir
    private static Path folder;

    private static EmbeddedKafka kafka;
    private static int tests;

    private Path config = folder;
    private String dead = "";
    private String again = "";
    private String job = "";

    @BeforeAll
    static void start() throws Exception {
        kafka = EmbeddedKafka.start(folder.resolve("kafka"), LoopbackPort.ANY);
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @BeforeEach
    void makeTopics() throws Exception {
        tests++;
        dead = "dead." + tests;
        again = "again." + tests;
        job = "shop" + tests;
        kafka.createTopics(List.of(
                LocalTopic.named(dead).partitioned(3), LocalTopic.named(again).partitioned(2)));
        config = folder.resolve(job + ".yaml");
        Files.writeString(config, Jobs.text(job, """
                kafka: { bootstrapServers: "%s" }
                channels:
                  orders: { topic: shop.orders }
                  again: { topic: %s }
                  dead: { topic: %s }
                deadLetter: dead
                redrive: again
                targets:
                  billing: { http: { url: "http://127.0.0.1:9/" } }
                  audit: { http: { url: "http://127.0.0.1:9/" } }
                routes:
                  - { name: bills, from: [orders], to: [billing, audit] }
                  - { name: other, from: [orders], to: [billing] }
                """.formatted(kafka.bootstrapServers(), again, dead)));
    }

    @Test
    void deadLettersComeInTheOrderTheirEventsWereReadFirstEachOnce() throws Exception {
        List<WireRecord> letters = new ArrayList<>();
        for (int partition = 0; partition < 3; partition++) {
            for (int offset = 0; offset < 100; offset++) {
                letters.add(letter("bills", "billing", partition, offset));
            }
        }
        Collections.shuffle(letters, new Random(17));
        bury(letters);

        Typed first = redrive("--route", "bills");
        Typed second = redrive("--route", "bills");

        assertThat(first.out()).contains("sent 300 events of route bills\n").contains("billing  delivery-failed  300");
        assertThat(second.out()).contains("sent 0 events of route bills; left out 300 dead letters sent before");
        assertInOrder(100);
    }

    @Test
    void whatAKilledCommandHadSentIsNotSentAgain() throws Exception {
        List<WireRecord> letters = new ArrayList<>();
        for (int offset = 0; offset < 50; offset++) {
            letters.add(letter("bills", "billing", offset % 3, offset / 3));
        }
        bury(letters);
        redrive("--route", "bills", "--limit", "20");
        RedriveWriter killed = RedriveWriter.open(job, again, client(), 1000);
        try (killed) {
            killed.write("orders/0", letter("bills", "billing", 0, 7)); // and never commits

            Typed next = redrive("--route", "bills");

            assertThat(next.out()).contains("sent 30 events");
            assertThat(sent()).hasSize(50).doesNotHaveDuplicates();
        }
    }

    @Test
    void whenAnotherHasBegunTheOneBeforeCanWriteNoMore() throws Exception {
        bury(List.of(letter("bills", "billing", 0, 1)));
        try (RedriveWriter before = RedriveWriter.open(job, again, client(), 1000)) {
            redrive("--route", "bills");

            assertThatThrownBy(() -> {
                        before.write("orders/0", letter("bills", "billing", 0, 1));
                        before.commit();
                    })
                    .isInstanceOf(KafkaException.class);
            assertThat(sent()).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'--target billing', 3",
        "'--target audit', 1",
        "'--reason expired', 1",
        "'--where {id: [{prefix: b}]}', 2",
        "'--where {data: {amount: [{numeric: [\">\", 1]}]}}', 3",
        "'--since 2000-01-01T00:00:00Z', 5",
        "'--until 2000-01-01T00:00:00Z', 0",
        "'--limit 2', 2",
        "'', 5",
    })
    void onlyThoseThatAreMeantAreSent(String options, int count) throws Exception {
        bury(List.of(
                letter("bills", "billing", 0, 1),
                letter("bills", "billing", 1, 1),
                letter("bills", "billing", 0, 2),
                letter("bills", "audit", 0, 2),
                letter("bills", "", 0, 3),
                letter("other", "billing", 0, 4)));

        List<String> all = new ArrayList<>(List.of("--route", "bills"));
        if (!options.isEmpty()) {
            all.addAll(List.of(options.split(" ", 2)));
        }
        Typed typed = redrive(all.toArray(String[]::new));

        assertThat(typed.exitCode()).as(typed.seen()).isZero();
        assertThat(sent()).hasSize(count);
    }

    @Test
    void aDryRunSendsNothingAndSaysWhatItWould() throws Exception {
        bury(List.of(letter("bills", "billing", 0, 2), letter("bills", "", 0, 1), letter("bills", "billing", 0, 0)));

        Typed dry = redrive("--route", "bills", "--dry-run", "--output", "json");

        JsonNode json = Json.MAPPER.readTree(dry.out());
        assertThat(json.path("wouldSend").asInt()).isEqualTo(3);
        assertThat(json.path("sent").asInt()).isZero();
        assertThat(json.path("first").path(0).asText()).isEqualTo("order a0-0 from /shop (orders/0/0)");
        assertThat(sent()).isEmpty();
        assertThat(redrive("--route", "bills").out()).contains("sent 3 events");
    }

    @Test
    void severalDeadLettersOfOneEventForOneTargetAreOneAndAllOfThemAreSentThen() throws Exception {
        bury(List.of(letter("bills", "billing", 0, 1), letter("bills", "billing", 0, 1)));

        assertThat(redrive("--route", "bills").out()).contains("sent 1 event of");
        assertThat(redrive("--route", "bills").out()).contains("sent 0 events");
        assertThat(redrive("--route", "bills", "--again").out()).contains("sent 1 event of");
        bury(List.of(letter("bills", "billing", 0, 1)));
        assertThat(redrive("--route", "bills").out()).contains("sent 1 event of");
    }

    @Test
    void whatNoRouteCanTakeIsCountedAndNamed() throws Exception {
        WireRecord refused = DeadLetter.of((RefusedRecord) Wire.readFrom("orders", Wire.garbage("x")), job);
        MeshEvent reply = (MeshEvent) Wire.readFrom("orders", Wire.event("r", "reply", "{}"));
        bury(List.of(
                refused,
                refused,
                DeadLetter.of(reply, Reason.TOO_MANY_HOPS, "circle", "bills", job),
                letter("bills", "billing", 0, 1)));

        Typed typed = redrive("--route", "bills");

        assertThat(typed.out())
                .contains("sent 1 event of")
                .contains("not sent, as no route can take them: 2 records (not-a-cloudevent)")
                .contains("not sent, as no route can take them: 1 record (too-many-hops)");
    }

    @ParameterizedTest
    @CsvSource({
        "--route bill, 'weft redrive: there is no route \"bill\". Did you mean \"bills\"?'",
        "--route bills --target biling, 'weft redrive: there is no target \"biling\". Did you mean \"billing\"?'",
        "--route bills --reason expird, 'weft redrive: there is no reason \"expird\". Did you mean \"expired\"?'",
        "--route bills --since soon, 'weft redrive: --since: found \"soon\", expected a time'",
        "'--route bills --where {\"Typ\":[\"x\"]}', '--where:1:2: $.Typ: '",
    })
    void whatWasTypedWrongIsSaid(String options, String message) {
        Typed typed = redrive(options.split(" ", -1));

        assertThat(typed.exitCode()).isEqualTo(2);
        assertThat(typed.err()).startsWith(message);
    }

    private Typed redrive(String... options) {
        List<String> all = new ArrayList<>(List.of("redrive", config.toString()));
        all.addAll(List.of(options));
        return Typed.weft(all.toArray(String[]::new));
    }

    private WireRecord letter(String route, String target, int partition, int offset) {
        String id = (offset == 2 ? "b" : "a") + partition + "-" + offset;
        String json = "{\"amount\":%d}".formatted(offset);
        Origin origin = new Origin("orders", partition, offset, 0);
        MeshEvent event = (MeshEvent) new EventReader(1_000_000).read(origin, Wire.event(id, "order", json));
        Reason reason = target.isEmpty() ? Reason.EXPIRED : Reason.DELIVERY_FAILED;
        Map<String, String> delivery = target.isEmpty() ? Map.of() : Map.of("wefttarget", target);
        return DeadLetter.of(event, reason, "no", route, job, delivery);
    }

    private void bury(List<WireRecord> letters) {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(client(), new ByteArraySerializer(), new ByteArraySerializer())) {
            letters.forEach(letter -> {
                var unused = producer.send(KafkaRecords.toTopic(dead, letter));
            });
        }
    }

    private static Properties client() {
        Properties client = new Properties();
        client.setProperty("bootstrap.servers", kafka.bootstrapServers());
        client.setProperty("request.timeout.ms", "10000");
        return client;
    }

    /**
     * Returns what is part of the topic. Kafka says that a transaction is committed a moment before readers see it, and
     * has the next writer wait for that.
     */
    private List<String> sent() {
        RedriveWriter.open(job, again, client(), 1).close();
        List<String> sent = new ArrayList<>();
        new TopicScan(client()).read(again, record -> sent.add(name(record)));
        return sent;
    }

    private static String name(ConsumerRecord<byte[], byte[]> record) {
        BuriedEvent buried = Objects.requireNonNull(buried(record));
        return buried.event().origin() + " for " + buried.target();
    }

    private static BuriedEvent buried(ConsumerRecord<byte[], byte[]> record) {
        WireHeaders headers = KafkaRecords.wire(record).headers();
        assertThat(headers.indexOf(DeadLetter.SENT_AGAIN)).isNotNegative();
        MeshEvent letter = MeshEvent.stored(KafkaRecords.origin(record), KafkaRecords.wire(record));
        return Objects.requireNonNull(BuriedEvent.in(letter));
    }

    /** Asserts that of each source partition there are so many, in order, in one partition. */
    private void assertInOrder(int each) {
        Map<Integer, List<Long>> offsets = new TreeMap<>();
        Map<Integer, Set<Integer>> places = new TreeMap<>();
        new TopicScan(client()).read(again, record -> {
            Origin origin = buried(record).event().origin();
            offsets.computeIfAbsent(origin.partition(), unused -> new ArrayList<>())
                    .add(origin.offset());
            places.computeIfAbsent(origin.partition(), unused -> new TreeSet<>())
                    .add(record.partition());
        });
        assertThat(offsets).hasSize(3);
        offsets.values().forEach(all -> assertThat(all).hasSize(each).isSorted().doesNotHaveDuplicates());
        places.values().forEach(all -> assertThat(all).hasSize(1));
    }
}
