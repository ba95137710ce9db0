package dev.weft.job.trial;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.io.CleanupMode.ON_SUCCESS;

import dev.weft.event.MeshEvent;
import dev.weft.event.WireRecord;
import dev.weft.event.kafka.KafkaRecords;
import dev.weft.job.Jobs;
import dev.weft.job.Wire;
import dev.weft.job.cluster.JobState;
import dev.weft.job.trial.Endpoint.Attempt;
import dev.weft.job.trial.Endpoint.Trouble;
import dev.weft.testkit.Await;
import dev.weft.testkit.http.ScriptedServer;
import dev.weft.testkit.kafka.Producers;
import dev.weft.testkit.kafka.TopicReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Delivery to a real server that fails in every way, by a real cluster whose TaskManager is killed: every event is
 * taken or in the dead letter, with the attempts, the waits and the order that were promised.
 */
@SuppressWarnings("try") // closing waits for processes to end, and waiting can be interrupted
class DeliveryIT {

    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final int PARTITIONS = 4;

    /** Prime, so that each key meets each trouble: ten events of one key that are not answered take turns. */
    private static final int KEYS = 101;

    private static final int MOST_ATTEMPTS = 4;

    /** The shortest wait before each retry, in milliseconds, less what two clocks may differ. */
    private static final long[] WAITS = {0, 190, 390, 790};

    @TempDir(cleanup = ON_SUCCESS) // with the logs of every process
    private Path folder;

    @Test
    void everyEventIsTakenOrGivenUpThroughThreeKills() throws Exception {
        run(2_000, 3);
    }

    /** The same for longer: {@code ./mvnw verify -Pchaos -pl mesh-jobs -am}. */
    @Test
    @Tag("chaos")
    void everyEventIsTakenOrGivenUpThroughTenKills() throws Exception {
        run(100_000, 10);
    }

    private void run(int events, int kills) throws Exception {
        Endpoint endpoint = new Endpoint();
        try (ScriptedServer server = ScriptedServer.observed(0, endpoint::answer, request -> {});
                ClusterMesh mesh = ClusterMesh.start(folder)) {
            mesh.createTopics(PARTITIONS, "push.in", "push.seen", "push.dead");
            RunningJob job = mesh.submit(config(mesh.bootstrapServers(), server), 2, Optional.empty());
            int portion = events / (kills + 1);
            for (int kill = 0; kill <= kills; kill++) {
                int from = kill * portion;
                int to = kill == kills ? events : from + portion;
                send(mesh, from, to);
                if (kill < kills) {
                    int enough = from + portion / 2;
                    Await.until(
                            "half of the events to be tried",
                            PATIENCE,
                            () -> endpoint.taken().size() >= enough / 2);
                    mesh.killTaskManager();
                }
            }
            awaitEnd(endpoint, mesh, events);
            check(endpoint, mesh, events, kills);
            assertThat(job.state()).isEqualTo(JobState.RUNNING);
            assertThat(job.audit().unbalanced(true)).as("the audit balances").isEmpty();
        }
    }

    private static void awaitEnd(Endpoint endpoint, ClusterMesh mesh, int events) throws Exception {
        TreeSet<Integer> expected = IntStream.range(0, events)
                .filter(number -> isTaken(Endpoint.of(number)))
                .boxed()
                .collect(Collectors.toCollection(TreeSet::new));
        Await.until("every event to be taken", PATIENCE, () -> endpoint.taken().containsAll(expected));
        int dead = events - expected.size();
        TopicReader.committed(mesh.bootstrapServers()).readAtLeast(dead, PATIENCE, "push.dead");
    }

    private static boolean isTaken(Trouble trouble) {
        return trouble != Trouble.REFUSED && trouble != Trouble.HOPELESS;
    }

    private static void check(Endpoint endpoint, ClusterMesh mesh, int events, int kills) throws Exception {
        Map<Integer, MeshEvent> dead = new TreeMap<>();
        int letters = 0;
        for (var record : TopicReader.committed(mesh.bootstrapServers()).readToEnd("push.dead")) {
            MeshEvent letter = (MeshEvent) Wire.readFrom("push.dead", KafkaRecords.wire(record));
            dead.put(Integer.parseInt(letter.getId()), letter);
            letters++;
        }
        assertThat(dead).as("no dead letter comes twice").hasSize(letters);
        int repeated = 0;
        for (int number = 0; number < events; number++) {
            Trouble trouble = Endpoint.of(number);
            List<Attempt> attempts = endpoint.attempts(number);
            MeshEvent letter = dead.get(number);
            assertThat(letter == null)
                    .as("event %d (%s) is not given up", number, trouble)
                    .isEqualTo(isTaken(trouble));
            if (letter != null) {
                checkLetter(letter, trouble);
            }
            checkAttempts(number, trouble, attempts);
            repeated += attempts.size()
                    - (int) attempts.stream().map(Attempt::number).distinct().count();
        }
        checkOrder(endpoint);
        System.out.printf(
                "events=%d kills=%d calls=%d repeatedAttempts=%d deadLetters=%d lost=0%n",
                events, kills, endpoint.calls(), repeated, letters);
    }

    private static void checkLetter(MeshEvent letter, Trouble trouble) {
        boolean refused = trouble == Trouble.REFUSED;
        assertThat(letter.attribute("weftreason")).isEqualTo(refused ? "delivery-refused" : "delivery-failed");
        assertThat(letter.attribute("weftattempts")).isEqualTo(refused ? "1" : Integer.toString(MOST_ATTEMPTS));
        assertThat(letter.attribute("knativeerrorcode")).isEqualTo(refused ? "400" : "503");
        assertThat(letter.attribute("wefttarget")).isEqualTo("endpoint");
    }

    /** A kill may repeat attempts that no checkpoint knew of; it leaves none out, and shortens no wait. */
    private static void checkAttempts(int number, Trouble trouble, List<Attempt> attempts) {
        int last = trouble == Trouble.HOPELESS ? MOST_ATTEMPTS : trouble == Trouble.REFUSED ? 1 : trouble.failing + 1;
        assertThat(attempts.stream().map(Attempt::number).distinct().sorted())
                .as("attempts at event %d (%s)", number, trouble)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, last).boxed().toList());
        assertThat(attempts.stream().map(Attempt::idempotencyKey).distinct()).hasSize(1);
        Map<Integer, Long> earliest = new HashMap<>();
        attempts.forEach(attempt -> earliest.merge(attempt.number(), attempt.millis(), Math::min));
        for (int n = 2; n <= last; n++) {
            long wait = trouble == Trouble.BUSY ? 990 : trouble == Trouble.BUSY_UNTIL ? 0 : WAITS[n - 1];
            assertThat(requireNonNull(earliest.get(n)) - requireNonNull(earliest.get(n - 1)))
                    .as("wait before attempt %d at event %d (%s)", n, number, trouble)
                    .isGreaterThanOrEqualTo(wait);
        }
    }

    private static void checkOrder(Endpoint endpoint) {
        endpoint.takenInOrder()
                .forEach((key, numbers) ->
                        assertThat(numbers).as("events of key %s", key).isSorted());
    }

    private static String config(String bootstrapServers, ScriptedServer server) {
        return Jobs.text("push", """
                kafka: { bootstrapServers: "%s", startFrom: earliest }
                guarantee: exactly-once
                checkpoint: { every: 1s }
                channels:
                  in: { topic: push.in }
                  seen: { topic: push.seen }
                  dead: { topic: push.dead }
                deadLetter: dead
                targets:
                  endpoint:
                    http: { url: "%s", timeout: 2s, concurrency: 64 }
                    retry: { maxAttempts: %d, base: 200ms, cap: 5s, jitter: none }
                    order: perKey
                    breaker: off
                routes:
                  - { name: push, from: [in], to: [endpoint, seen] }
                """.formatted(bootstrapServers, server.uri("/events"), MOST_ATTEMPTS));
    }

    private static void send(ClusterMesh mesh, int from, int to) throws Exception {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int number = from; number < to; number++) {
            String key = "k" + number % KEYS;
            WireRecord event = Wire.event(Integer.toString(number), "pushed", "{\"n\":" + number + "}");
            var headers = KafkaRecords.toTopic("push.in", event).headers();
            headers.add("ce_subject", key.getBytes(UTF_8));
            records.add(new ProducerRecord<>("push.in", null, null, key.getBytes(UTF_8), event.value(), headers));
        }
        Producers.sendAll(mesh.bootstrapServers(), records);
    }
}
