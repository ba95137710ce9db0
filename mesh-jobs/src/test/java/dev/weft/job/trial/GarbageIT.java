package dev.weft.job.trial;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.event.DeadLetter;
import dev.weft.event.EventReader;
import dev.weft.event.MeshEvent;
import dev.weft.event.Origin;
import dev.weft.event.Reason;
import dev.weft.event.WireHeaders;
import dev.weft.event.WireRecord;
import dev.weft.event.kafka.KafkaRecords;
import dev.weft.job.JobConfig;
import dev.weft.job.Jobs;
import dev.weft.job.cluster.MeshCounts;
import dev.weft.testkit.kafka.Producers;
import dev.weft.testkit.kafka.TopicReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is put into a source topic, the job stays up and every record can be found again. */
class GarbageIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int RECORDS = 10_000;
    private static final int HUGE_EVERY = 500;
    private static final long SEED = 20_261_121;

    private static final String IN = "shop.in";
    private static final String PAID = "shop.paid";
    private static final String TYPED = "shop.typed";
    private static final String DEAD = "shop.dead";

    @TempDir
    private static Path folder;

    private static QuietMesh mesh;
    private static MeshCounts counts;
    private static Optional<String> failure = Optional.empty();

    private static final List<Sent> SENT = new ArrayList<>();
    private static final Map<String, MeshEvent> DEAD_LETTERS = new TreeMap<>();
    private static List<WireRecord> deadLetters;
    private static List<WireRecord> paid;
    private static List<WireRecord> typed;

    /** One record that was put into the topic, and where it went: {@code topic/partition/offset}. */
    private record Sent(Garbage kind, WireRecord record, String place) {}

    @BeforeAll
    static void feedGarbage() throws Exception {
        mesh = QuietMesh.start(folder);
        mesh.createTopics(3, IN, PAID, TYPED, DEAD);
        RunningJob job = mesh.run(config());
        send();

        TopicReader reader = TopicReader.committed(mesh.bootstrapServers());
        int bad = (int) bad().count();
        reader.readAtLeast(bad, PATIENCE, DEAD);
        reader.readAtLeast(RECORDS - bad, PATIENCE, PAID);
        reader.readAtLeast(damaged().size(), PATIENCE, TYPED);
        counts = job.awaitCounts(now -> now.received() >= RECORDS && now.deadLettered() >= bad);
        failure = job.failure();
        job.stopWithSavepoint();

        deadLetters = read(reader, DEAD);
        paid = read(reader, PAID);
        typed = read(reader, TYPED);
        for (WireRecord letter : deadLetters) {
            MeshEvent event = event(letter);
            DEAD_LETTERS.put(place(event), event);
        }
    }

    @AfterAll
    static void stop() throws Exception {
        if (mesh != null) {
            mesh.close();
        }
    }

    @Test
    void theJobStaysUp() {
        assertThat(failure).isEmpty();
        assertThat(counts.received())
                .as("counted without a break, as counts start anew with each attempt")
                .isEqualTo(RECORDS);
    }

    @Test
    void everyBadRecordIsInTheDeadLetterOnceWithItsReason() {
        Map<String, String> expected = new TreeMap<>();
        bad().forEach(sent -> expected.put(sent.place(), code(sent.kind())));
        Map<String, String> found = new TreeMap<>();
        DEAD_LETTERS.forEach((place, letter) -> found.put(place, letter.attribute("weftreason")));

        assertThat(found).isEqualTo(expected);
        assertThat(deadLetters).as("none twice").hasSameSizeAs(DEAD_LETTERS.keySet());
    }

    @Test
    void everyReasonToRefuseARecordWasMet() {
        // All reasons after these depend on a route, a target or the time.
        assertThat(bad().map(sent -> sent.kind().reason()).distinct())
                .containsExactlyInAnyOrderElementsOf(EnumSet.range(Reason.NOT_A_CLOUDEVENT, Reason.TOO_LARGE));
        assertThat(counts.deadLettered()).isEqualTo(bad().count());
    }

    @Test
    void everyDeadLetterHasTheOriginalKeyAndValue() {
        assertThat(bad().filter(sent -> {
                    WireRecord letter = letterOf(sent).wire();
                    return !Arrays.equals(letter.key(), sent.record().key())
                            || !Arrays.equals(letter.value(), sent.record().value());
                }))
                .isEmpty();
    }

    @Test
    void everyDeadLetterHasTheOriginalHeaders() {
        assertThat(bad().filter(sent -> !hasHeadersOf(sent, letterOf(sent)))).isEmpty();
    }

    @Test
    void everyDeadLetterNamesTheJob() {
        assertThat(DEAD_LETTERS.values()).allMatch(letter -> "shop".equals(letter.attribute("weftjob")));
    }

    @Test
    void everyGoodEventIsInItsOutputOnceByteForByte() {
        assertThat(paid)
                .containsExactlyInAnyOrderElementsOf(SENT.stream()
                        .filter(sent -> sent.kind().reason() == null)
                        .map(Sent::record)
                        .toList());
    }

    @Test
    void anEventWithADamagedPayloadIsStillDeliveredByTheRouteThatDoesNotReadIt() {
        assertThat(typed).containsExactlyInAnyOrderElementsOf(damaged());
    }

    @Test
    void whatWasSentIsWhatWasDeliveredOrRefused() {
        assertThat(paid.size() + deadLetters.size()).isEqualTo(RECORDS);
        assertThat(SENT).hasSize(RECORDS);
    }

    private static JobConfig config() {
        return Jobs.named("shop", """
                kafka: { bootstrapServers: "%s", startFrom: earliest }
                checkpoint: { every: 1s }
                limits: { maxEventBytes: 1MB }
                channels:
                  in: { topic: %s }
                  paid: { topic: %s }
                  typed: { topic: %s }
                  dead: { topic: %s }
                deadLetter: dead
                routes:
                  - { name: typed, from: [in], where: { type: [shop.damaged] }, to: [typed] }
                  - { name: paid, from: [in], where: { data: { amount: [{ numeric: [">=", 0] }] } }, to: [paid] }
                """.formatted(mesh.bootstrapServers(), IN, PAID, TYPED, DEAD));
    }

    private static void send() throws Exception {
        Random random = new Random(SEED);
        List<Garbage> kinds =
                IntStream.range(0, RECORDS).mapToObj(GarbageIT::kind).toList();
        List<WireRecord> records = new ArrayList<>(RECORDS);
        for (int number = 0; number < RECORDS; number++) {
            records.add(kinds.get(number).make(number, random));
        }
        List<ProducerRecord<byte[], byte[]>> toSend =
                records.stream().map(next -> KafkaRecords.toTopic(IN, next)).toList();
        List<RecordMetadata> places = Producers.sendAll(mesh.bootstrapServers(), toSend);
        for (int number = 0; number < RECORDS; number++) {
            RecordMetadata place = places.get(number);
            SENT.add(new Sent(
                    kinds.get(number),
                    records.get(number),
                    place.topic() + "/" + place.partition() + "/" + place.offset()));
        }
    }

    /** Twenty huge records, and all other kinds in turn. */
    private static Garbage kind(int number) {
        return number % HUGE_EVERY == HUGE_EVERY / 2
                ? Garbage.FIVE_MEGABYTES
                : Garbage.values()[number % (Garbage.values().length - 1)];
    }

    private static Stream<Sent> bad() {
        return SENT.stream().filter(sent -> sent.kind().reason() != null);
    }

    private static String code(Garbage kind) {
        return requireNonNull(kind.reason()).code();
    }

    private static MeshEvent letterOf(Sent sent) {
        return requireNonNull(DEAD_LETTERS.get(sent.place()), sent.place());
    }

    /** A record that is no event is wrapped, an event has attributes added. */
    private static boolean hasHeadersOf(Sent sent, MeshEvent letter) {
        WireHeaders original = sent.record().headers();
        WireHeaders found = letter.wire().headers();
        String prefix = letter.getType().equals(DeadLetter.TYPE) ? DeadLetter.HEADER_PREFIX : "";
        return IntStream.range(0, original.size())
                .allMatch(i -> IntStream.range(0, found.size())
                        .anyMatch(j -> found.name(j).equals(prefix + original.name(i))
                                && Arrays.equals(found.value(j), original.value(i))));
    }

    private static List<WireRecord> damaged() {
        return SENT.stream()
                .filter(sent -> sent.kind() == Garbage.DAMAGED_PAYLOAD)
                .map(Sent::record)
                .toList();
    }

    private static List<WireRecord> read(TopicReader reader, String topic) {
        return reader.readToEnd(topic).stream().map(KafkaRecords::wire).toList();
    }

    /** Every dead letter is itself an event that this mesh, or anyone, can read. */
    private static MeshEvent event(WireRecord letter) {
        var received = new EventReader(Integer.MAX_VALUE).read(Origin.NONE, letter);
        assertThat(received).isInstanceOf(MeshEvent.class);
        return (MeshEvent) received;
    }

    private static String place(MeshEvent letter) {
        return letter.attribute("wefttopic") + "/" + letter.attribute("weftpartition") + "/"
                + letter.attribute("weftoffset");
    }
}
