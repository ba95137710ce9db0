package dev.weft.job.trial;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.io.CleanupMode.ON_SUCCESS;

import dev.weft.event.WireRecord;
import dev.weft.event.kafka.KafkaRecords;
import dev.weft.job.Jobs;
import dev.weft.job.Wire;
import dev.weft.job.rules.ControlEvent;
import dev.weft.job.rules.RuleVersion;
import dev.weft.job.rules.RulesText;
import dev.weft.testkit.Await;
import dev.weft.testkit.kafka.Producers;
import dev.weft.testkit.kafka.TopicReader;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * On a real cluster whose TaskManager is killed while matches are open, behind a savepoint at another parallelism, and
 * while one of them is replaced, patterns find each match once: those that plain loops over all events find. Events lie
 * in the partitions of their topic at random, out of order.
 */
@SuppressWarnings("try") // closing waits for processes to end, and waiting can be interrupted
class PatternIT {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int PARTITIONS = 4;
    private static final int EVENTS_OF_A_KEY = 40;
    private static final long WITHIN = 10_000;
    private static final long LATE = 2_000;
    private static final long SEED = 20261121;

    @TempDir(cleanup = ON_SUCCESS) // with the logs of every process
    private Path folder;

    @Test
    void findsEachMatchOnceThroughAKillAndASavepoint() throws Exception {
        run(16_000, 1);
    }

    /** The same for longer: {@code ./mvnw verify -Pchaos -pl mesh-jobs -am}. */
    @Test
    @Tag("chaos")
    void findsEachMatchOnceThroughManyKills() throws Exception {
        run(500_000, 5);
    }

    private void run(int count, int kills) throws Exception {
        List<Sent> events = events(count);
        int parts = kills + 2;
        // Ahead of all that is sent before the change, so that what is found is known exactly.
        long change = events.subList(0, count / parts * (kills + 1)).stream()
                        .mapToLong(Sent::time)
                        .max()
                        .orElseThrow()
                + 1;
        List<String> expected = new Plain(change).matches(events);
        try (ClusterMesh mesh = ClusterMesh.start(folder)) {
            mesh.createTopics(PARTITIONS, "patterns.in", "patterns.found", "patterns.dead");
            mesh.createTopics(1, "patterns.rules");
            String config = config(mesh.bootstrapServers());
            RunningJob job = mesh.submit(config, 2, Optional.empty());
            for (int part = 0; part <= kills; part++) {
                send(mesh, events.subList(count / parts * part, count / parts * (part + 1)));
                if (part < kills) {
                    awaitFound(mesh, expected.size() / parts * part + 1);
                    mesh.killTaskManager();
                }
            }
            awaitFound(mesh, expected.size() / parts * kills);
            countTwoFrom(change, config, mesh);
            String savepoint = job.stopWithSavepoint();
            RunningJob again = mesh.submit(config, 1, Optional.of(savepoint));
            send(mesh, events.subList(count / parts * (kills + 1), count));
            long end = events.get(count - 1).time() + 100 * WITHIN;
            sendEnd(mesh, end);
            sendEnd(mesh, end + 100 * WITHIN);
            Await.until(
                    "the pattern that finds the end",
                    PATIENCE,
                    () -> found(mesh).stream().anyMatch(line -> line.startsWith("end")));
            again.stopWithSavepoint();

            List<String> found =
                    found(mesh).stream().filter(line -> !line.startsWith("end")).toList();
            System.out.printf(
                    "patterns: events=%d kills=%d expected=%d found=%d lost=%d twice=%d%n",
                    count,
                    kills,
                    expected.size(),
                    found.size(),
                    without(expected, found),
                    found.size() - found.stream().distinct().count());
            assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
            assertThat(TopicReader.committed(mesh.bootstrapServers()).readToEnd("patterns.dead"))
                    .isEmpty();
        }
    }

    /** Has three of a kind be replaced by two. */
    private static void countTwoFrom(long change, String config, ClusterMesh mesh) throws Exception {
        ControlLog control = new ControlLog(mesh.bootstrapServers(), "patterns.rules");
        RulesText before = new RulesText("patterns.yaml", config, Collections.emptySortedMap());
        String changed = config.replace("id: three", "id: three\n      version: 2\n      onUpdate: drain")
                .replace("times: 3", "times: 2")
                .replace("three ${c[0].id} ${c[1].id} ${c[2].id}", "two ${c[0].id} ${c[1].id}");
        control.say(new ControlEvent.Proposed(
                "patterns",
                control.awaitStarted().lineage(),
                new RuleVersion(
                        2, "v2", "trial", new RulesText("patterns.yaml", changed, Collections.emptySortedMap())),
                before.digest(),
                Instant.ofEpochMilli(change).toString()));
        List<ControlEvent> said = control.awaitApplied(2, 2);
        assertThat(said).noneMatch(ControlEvent.Refused.class::isInstance);
    }

    private static long without(List<String> expected, List<String> found) {
        List<String> sorted = found.stream().sorted().toList();
        return expected.stream()
                .filter(each -> Collections.binarySearch(sorted, each) < 0)
                .count();
    }

    /** Three shapes: a sequence that compares, something that does not come, a count. */
    private static String config(String bootstrapServers) {
        return Jobs.text("patterns", """
                kafka: { bootstrapServers: "%s", startFrom: earliest }
                guarantee: exactly-once
                checkpoint: { every: 1s }
                limits: { patternMemory: 1MB }
                channels:
                  in: { topic: patterns.in, eventTime: { outOfOrderness: 2s, idleAfter: 1h } }
                  found: { topic: patterns.found }
                  dead: { topic: patterns.dead }
                  rules: { topic: patterns.rules }
                deadLetter: dead
                control: rules
                patterns:
                  - id: larger
                    from: [in]
                    to: [found]
                    partitionBy: subject
                    within: 10s
                    afterMatch: noSkip
                    sequence:
                      - { step: a, where: { type: [a] } }
                      - { step: b, where: { type: [b] }, when: data.n > a.data.n }
                    emit: { type: found, data: "larger ${a.id} ${b.id}" }
                  - id: alone
                    from: [in]
                    to: [found]
                    partitionBy: subject
                    within: 10s
                    sequence:
                      - { step: a, where: { type: [a] } }
                      - { step: b, where: { type: [b] }, absent: true }
                    emit: { type: found, data: "alone ${a.id}" }
                  - id: three
                    from: [in]
                    to: [found]
                    partitionBy: subject
                    within: 10s
                    afterMatch: noSkip
                    sequence: [{ step: c, where: { type: [c] }, times: 3 }]
                    emit: { type: found, data: "three ${c[0].id} ${c[1].id} ${c[2].id}" }
                  - id: end
                    from: [in]
                    to: [found]
                    partitionBy: type
                    within: 10s
                    sequence: [{ step: e, where: { type: [end] } }]
                    emit: { type: found, data: "end" }
                """.formatted(bootstrapServers));
    }

    /** An event as it was sent. */
    private record Sent(int id, String type, String key, int number, long time, int partition) {}

    private static List<Sent> events(int count) {
        Random random = new Random(SEED);
        long begin = System.currentTimeMillis() - Duration.ofHours(30).toMillis();
        int keys = Math.max(1, count / EVENTS_OF_A_KEY);
        List<Sent> events = new ArrayList<>();
        for (int id = 0; id < count; id++) {
            // A key has an event every four seconds or so, whatever the number of keys.
            long time = begin + 4_000L * id / keys + random.nextInt((int) LATE / 2);
            String type = String.valueOf("abcx".charAt(random.nextInt(4)));
            String key = "k" + random.nextInt(keys);
            events.add(new Sent(id, type, key, random.nextInt(10), time, random.nextInt(PARTITIONS)));
        }
        return events;
    }

    private static void send(ClusterMesh mesh, List<Sent> events) throws Exception {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (Sent event : events) {
            WireRecord record =
                    Wire.event(Integer.toString(event.id()), event.type(), "{\"n\":" + event.number() + "}");
            ProducerRecord<byte[], byte[]> sent = new ProducerRecord<>(
                    "patterns.in",
                    event.partition(),
                    event.time(),
                    event.key().getBytes(UTF_8),
                    record.value(),
                    KafkaRecords.toTopic("patterns.in", record).headers());
            sent.headers().add("ce_subject", event.key().getBytes(UTF_8));
            records.add(sent);
        }
        Producers.sendAll(mesh.bootstrapServers(), records);
    }

    /** Lets time pass in every partition. */
    private static void sendEnd(ClusterMesh mesh, long time) throws Exception {
        List<Sent> ends = new ArrayList<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            ends.add(new Sent(-1 - partition, "end", "end", 0, time, partition));
        }
        send(mesh, ends);
    }

    private static void awaitFound(ClusterMesh mesh, int count) throws Exception {
        Await.until("so many matches: " + count, PATIENCE, () -> found(mesh).size() >= count);
    }

    private static List<String> found(ClusterMesh mesh) {
        return TopicReader.committed(mesh.bootstrapServers()).readToEnd("patterns.found").stream()
                .map(KafkaRecords::wire)
                .map(record -> new String(requireNonNull(record.value()), UTF_8).replace("\"", "") + " @"
                        + Instant.parse(Wire.header(record, "ce_time")).toEpochMilli())
                .toList();
    }

    /** What the patterns mean, as loops. */
    private static final class Plain {

        private final long change;

        /** @param change from when on two of a kind are enough, instead of three */
        Plain(long change) {
            this.change = change;
        }

        List<String> matches(List<Sent> events) {
            Map<String, List<Sent>> byKey = new TreeMap<>();
            events.forEach(event ->
                    byKey.computeIfAbsent(event.key(), key -> new ArrayList<>()).add(event));
            List<String> matches = new ArrayList<>();
            byKey.values().forEach(ofKey -> {
                // As they lie in the log where they are of one time: within a partition, that is as they were sent.
                ofKey.sort(Comparator.comparingLong(Sent::time)
                        .thenComparingInt(Sent::partition)
                        .thenComparingInt(Sent::id));
                for (int i = 0; i < ofKey.size(); i++) {
                    List<Sent> later = ofKey.subList(i + 1, ofKey.size());
                    Sent first = ofKey.get(i);
                    long deadline = first.time() + WITHIN;
                    List<Sent> inTime = later.stream()
                            .filter(event -> event.time() < deadline)
                            .toList();
                    if (first.type().equals("a")) {
                        afterA(first, inTime, matches);
                    } else if (first.type().equals("c")) {
                        List<Sent> more = inTime.stream()
                                .filter(event -> event.type().equals("c"))
                                .toList();
                        if (first.time() >= change) {
                            more.stream()
                                    .findFirst()
                                    .ifPresent(next ->
                                            matches.add("two %d %d @%d".formatted(first.id(), next.id(), next.time())));
                        } else if (more.size() >= 2) {
                            matches.add("three %d %d %d @%d"
                                    .formatted(
                                            first.id(),
                                            more.get(0).id(),
                                            more.get(1).id(),
                                            more.get(1).time()));
                        }
                    }
                }
            });
            return matches;
        }

        private static void afterA(Sent first, List<Sent> inTime, List<String> matches) {
            List<Sent> bs =
                    inTime.stream().filter(event -> event.type().equals("b")).toList();
            if (bs.isEmpty()) {
                matches.add("alone %d @%d".formatted(first.id(), first.time() + WITHIN));
            }
            bs.stream()
                    .filter(b -> b.number() > first.number())
                    .findFirst()
                    .ifPresent(b -> matches.add("larger %d %d @%d".formatted(first.id(), b.id(), b.time())));
        }
    }
}
