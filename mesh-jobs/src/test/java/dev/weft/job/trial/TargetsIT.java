package dev.weft.job.trial;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.io.CleanupMode.ON_SUCCESS;

import dev.weft.event.WireRecord;
import dev.weft.event.kafka.KafkaRecords;
import dev.weft.job.Jobs;
import dev.weft.job.Wire;
import dev.weft.testkit.Await;
import dev.weft.testkit.http.Answer;
import dev.weft.testkit.http.ReceivedRequest;
import dev.weft.testkit.http.ScriptedServer;
import dev.weft.testkit.kafka.Producers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One of ten targets is dead while events flow: the nine others do not notice, and it gets all when it is back. */
@SuppressWarnings("try") // closing waits for processes to end, and waiting can be interrupted
class TargetsIT {

    private static final Duration PATIENCE = Duration.ofMinutes(8);
    private static final int TARGETS = 10;
    private static final int DEAD = 7;
    private static final int KEYS = 50;

    @TempDir(cleanup = ON_SUCCESS) // with the logs of every process
    private Path folder;

    /** What the servers saw of one run: of each event, when it was sent and how long it took to come. */
    private static final class Seen {
        private final long[] latencies;
        private final Map<Integer, List<Integer>> order = new TreeMap<>();
        private int first;

        Seen(int events) {
            latencies = new long[events];
        }

        synchronized void request(int number, long sentAt, long cameAt) {
            if (latencies[number] == 0) {
                latencies[number] = Math.max(1, cameAt - sentAt);
                first++;
            }
            order.computeIfAbsent(number % KEYS, key -> new ArrayList<>()).add(number);
        }

        synchronized int count() {
            return first;
        }

        /** Returns the events of the target that was dead, by their key, in the order in which they came first. */
        synchronized Map<Integer, List<Integer>> orderOfDead() {
            Map<Integer, List<Integer>> first = new TreeMap<>();
            order.forEach((key, numbers) -> first.put(
                    key,
                    numbers.stream()
                            .filter(number -> number % TARGETS == DEAD)
                            .distinct()
                            .toList()));
            return first;
        }

        /** Returns the latency that so many percent are below, of the targets that live, in milliseconds. */
        synchronized long percentile(int percent) {
            long[] living = IntStream.range(0, latencies.length)
                    .filter(number -> number % TARGETS != DEAD)
                    .mapToLong(number -> latencies[number])
                    .sorted()
                    .toArray();
            return living[(int) ((long) living.length * percent / 100)];
        }
    }

    @Test
    void aDeadTargetHoldsUpItselfAlone() throws Exception {
        run(8_000, 2_000);
    }

    /** The same for longer, and beside a run without a dead target: {@code ./mvnw verify -Pchaos -pl mesh-jobs -am}. */
    @Test
    @Tag("chaos")
    void theOthersAreAsFastAsWithoutADeadTarget() throws Exception {
        run(300_000, 3_000);
    }

    private void run(int events, int perSecond) throws Exception {
        try (ClusterMesh mesh = ClusterMesh.start(folder)) {
            flow(mesh, "cold", events / 10, perSecond, false); // what a cluster does first takes longer
            long[] living = flow(mesh, "living", events, perSecond, false);
            long[] dead = flow(mesh, "dead", events, perSecond, true);
            System.out.printf(
                    "events=%d perSecond=%d p50: %d ms, %d ms with a dead target; p99: %d ms, %d ms (%.2f x)%n",
                    events, perSecond, living[0], dead[0], living[1], dead[1], (double) dead[1] / living[1]);
        }
    }

    /** Returns the latencies that half of the events, and 99 of 100, are below. */
    private static long[] flow(ClusterMesh mesh, String name, int events, int perSecond, boolean withDead)
            throws Exception {
        Seen seen = new Seen(events);
        try (ScriptedServer living = server(seen);
                ScriptedServer dying = server(seen)) {
            mesh.createTopics(4, name + ".in", name + ".dead");
            if (withDead) {
                dying.stop();
            }
            RunningJob job = mesh.submit(config(mesh, name, living, dying), 2, Optional.empty());
            send(mesh, name, events, perSecond);
            int reachable = (int) IntStream.range(0, events)
                    .filter(number -> !withDead || number % TARGETS != DEAD)
                    .count();
            Await.until("the events of living targets", PATIENCE, () -> seen.count() >= reachable);
            assertThat(seen.count()).as("a dead target gets nothing").isEqualTo(reachable);
            dying.start();
            Await.until("all events", PATIENCE, () -> seen.count() == events);
            seen.orderOfDead()
                    .forEach((key, numbers) -> assertThat(numbers)
                            .as("key %d of the target that was dead", key)
                            .isSorted());
            assertThat(job.failure()).isEmpty();
            assertThat(job.audit().unbalanced(true)).as("the audit balances").isEmpty();
            job.stopWithSavepoint();
        }
        return new long[] {seen.percentile(50), seen.percentile(99)};
    }

    private static ScriptedServer server(Seen seen) throws Exception {
        return ScriptedServer.observed(0, request -> Answer.status(202), request -> see(request, seen));
    }

    private static void see(ReceivedRequest request, Seen seen) {
        int number = Integer.parseInt(request.header("ce-id").orElseThrow());
        long sentAt = Long.parseLong(request.header("ce-sentat").orElseThrow());
        seen.request(number, sentAt, request.epochMillis());
    }

    private static String config(ClusterMesh mesh, String name, ScriptedServer living, ScriptedServer dying) {
        String targets = IntStream.range(0, TARGETS)
                .mapToObj(n -> """
                          t%d:
                            http: { url: "%s", timeout: 2s, concurrency: 32 }
                            retry: { maxAge: 1d, maxAttempts: 1000, base: 200ms, cap: 2s }
                            order: perKey
                            breaker: { openFor: 500ms, cap: 2s }
                        """.formatted(n, (n == DEAD ? dying : living).uri("/t" + n)))
                .collect(Collectors.joining());
        String routes = IntStream.range(0, TARGETS)
                .mapToObj(n -> "  - { name: r%d, from: [in], where: { type: [t%d] }, to: [t%d] }\n".formatted(n, n, n))
                .collect(Collectors.joining());
        return Jobs.text(name, """
                kafka: { bootstrapServers: "%s", startFrom: earliest }
                guarantee: exactly-once
                checkpoint: { every: 1s }
                channels:
                  in: { topic: %s.in }
                  dead: { topic: %s.dead }
                deadLetter: dead
                targets:
                %sroutes:
                %s""".formatted(mesh.bootstrapServers(), name, name, targets, routes));
    }

    /** Sends so many a second: what a backlog would measure is the backlog. */
    private static void send(ClusterMesh mesh, String name, int events, int perSecond) throws Exception {
        int portion = Math.max(1, perSecond / 20);
        long begin = System.nanoTime();
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        try (KafkaProducer<byte[], byte[]> producer = Producers.bytes(mesh.bootstrapServers())) {
            for (int from = 0; from < events; from += portion) {
                int until = from;
                Await.until(
                        "the time of the next portion",
                        PATIENCE,
                        () -> System.nanoTime() - begin >= (long) until * 1_000_000_000L / perSecond);
                for (int number = from; number < Math.min(events, from + portion); number++) {
                    sent.add(producer.send(record(name, number)));
                }
            }
        }
        for (Future<RecordMetadata> each : sent) {
            each.get();
        }
    }

    private static ProducerRecord<byte[], byte[]> record(String name, int number) {
        byte[] key = ("k" + number % KEYS).getBytes(UTF_8);
        String payload = "{\"pad\":\"" + "p".repeat(1000) + "\"}";
        WireRecord event = Wire.event(Integer.toString(number), "t" + number % TARGETS, payload);
        var headers = KafkaRecords.toTopic(name + ".in", event).headers();
        headers.add("ce_subject", key);
        headers.add("ce_sentat", Long.toString(System.currentTimeMillis()).getBytes(UTF_8));
        return new ProducerRecord<>(name + ".in", null, null, key, event.value(), headers);
    }
}
