package dev.weft.job.trial;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.io.CleanupMode.ON_SUCCESS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weft.job.Jobs;
import dev.weft.job.NamedFiles;
import dev.weft.testkit.kafka.Producers;
import dev.weft.testkit.kafka.TopicReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * On a real cluster whose TaskManager is killed, and behind a savepoint at another parallelism, each instance of a
 * workflow ends once: an event starts it, it calls over HTTP, waits for another event, some of which came before, and
 * emits one.
 */
@SuppressWarnings("try") // closing waits for processes to end, and waiting can be interrupted
class WorkflowsIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final int PARTITIONS = 4;

    /** Which orders are paid before they are placed. */
    private static final int EARLY = 3;

    private static final String DEFINITION = """
            document: { dsl: 1.0.3, namespace: trial, name: order, version: 1.0.0 }
            schedule:
              read: data
              on: { one: { with: { type: trial.order.placed } } }
            input:
              schema: { document: { type: array, items: { type: object, required: [order] } } }
              from: "${ .[0] }"
            do:
              - remember:
                  set: { order: "${ .order }" }
                  export: { as: "${ . }" }
              - charge:
                  call: http
                  with:
                    method: post
                    endpoint: %s
                    body: { order: "${ .order }" }
              - paid:
                  listen:
                    to:
                      one:
                        with: { type: trial.order.paid }
                        correlate: { order: { from: "${ .data.order }", expect: "${ $context.order }" } }
              - tell:
                  emit:
                    event:
                      with:
                        type: trial.order.done
                        source: /trial
                        subject: "${ $context.order }"
                        data: { order: "${ $context.order }", paid: "${ .[0].amount }" }
            """;

    @TempDir(cleanup = ON_SUCCESS) // with the logs of every process
    private Path folder;

    @Test
    void endOnceEachThroughAKillAndASavepoint() throws Exception {
        run("fast", 600, 1, 2, 1);
    }

    /** As above: a call that no checkpoint knows of is not made, so a kill repeats none that nobody remembers. */
    @Test
    void endOnceEachWhereCallsWaitForCheckpoints() throws Exception {
        run("strict", 300, 1, 1);
    }

    /** The same for longer: {@code ./mvnw verify -Pchaos -pl mesh-jobs -am}. */
    @Test
    @Tag("chaos")
    void endOnceEachThroughManyKills() throws Exception {
        run("fast", 50_000, 10, 2, 3);
    }

    /** @param parallelisms one after another, with a savepoint between two; the kills come with the first */
    private void run(String mode, int instances, int kills, int... parallelisms) throws Exception {
        int parts = kills + parallelisms.length;
        try (Cashier cashier = Cashier.start();
                ClusterMesh mesh = ClusterMesh.start(folder)) {
            mesh.createTopics(PARTITIONS, "trial.in", "trial.out", "trial.instances", "trial.dead");
            String config = config(mesh.bootstrapServers(), mode);
            Map<String, String> files = Map.of(NamedFiles.variable("order.yaml"), DEFINITION.formatted(cashier.url()));
            RunningJob job = mesh.submit(config, files, parallelisms[0], Optional.empty());
            for (int part = 0; part < parts; part++) {
                int from = instances / parts * part;
                int to = part + 1 == parts ? instances : instances / parts * (part + 1);
                send(mesh, orders(from, to));
                awaitDone(mesh, (from + to) / 2);
                if (part < kills) {
                    mesh.killTaskManager();
                } else if (part + 1 < parts) {
                    String savepoint = job.stopWithSavepoint();
                    int parallelism = parallelisms[part - kills + 1];
                    if (parallelism > 2) {
                        mesh.startTaskManager();
                    }
                    job = mesh.submit(config, files, parallelism, Optional.of(savepoint));
                }
            }
            awaitDone(mesh, instances);
            Map<String, Integer> completed = awaitCompleted(mesh, instances);
            awaitNoneActive(job);
            job.stopWithSavepoint();

            List<String> done = done(mesh);
            int keys = cashier.keys().values().stream().mapToInt(Set::size).sum();
            System.out.printf(
                    "workflows: mode=%s instances=%d kills=%d savepoints=%d done=%d twice=%d completed=%d calls=%d"
                            + " orders charged=%d keys=%d%n",
                    mode,
                    instances,
                    kills,
                    parallelisms.length - 1,
                    done.size(),
                    done.size() - Set.copyOf(done).size(),
                    completed.size(),
                    cashier.calls(),
                    cashier.keys().size(),
                    keys);
            Set<String> expected =
                    IntStream.range(0, instances).mapToObj(WorkflowsIT::order).collect(Collectors.toSet());
            assertThat(done).containsExactlyInAnyOrderElementsOf(expected);
            assertThat(cashier.keys().keySet()).isEqualTo(expected);
            assertThat(cashier.keys().values())
                    .allSatisfy(each -> assertThat(each).hasSize(1));
            assertThat(completed.values()).containsOnly(1);
            assertThat(TopicReader.committed(mesh.bootstrapServers()).readToEnd("trial.dead"))
                    .isEmpty();
        }
    }

    private static String config(String bootstrapServers, String mode) {
        return Jobs.text("workflows", """
                kafka: { bootstrapServers: "%s", startFrom: earliest }
                guarantee: exactly-once
                checkpoint: { every: 1s }
                channels:
                  in: { topic: trial.in }
                  out: { topic: trial.out }
                  instances: { topic: trial.instances }
                  dead: { topic: trial.dead }
                deadLetter: dead
                workflows:
                  definitions:
                    - { file: order.yaml, from: [in], to: out, mode: %s }
                  instances: instances
                  earlyEvents: 1h
                """.formatted(bootstrapServers, mode));
    }

    private static String order(int number) {
        return "o-" + number;
    }

    /** Returns the events of orders from one number to another. Each in three is paid before it is placed. */
    private static List<ProducerRecord<byte[], byte[]>> orders(int from, int to) {
        List<ProducerRecord<byte[], byte[]>> first = new ArrayList<>();
        List<ProducerRecord<byte[], byte[]>> then = new ArrayList<>();
        for (int number = from; number < to; number++) {
            first.add(event("trial.order.placed", order(number), "{\"order\":\"%s\"}"));
            (number % EARLY == 0 ? first : then)
                    .add(event("trial.order.paid", order(number), "{\"order\":\"%s\",\"amount\":7}"));
        }
        first.addAll(then);
        return first;
    }

    private static ProducerRecord<byte[], byte[]> event(String type, String order, String data) {
        ProducerRecord<byte[], byte[]> sent = new ProducerRecord<>(
                "trial.in",
                (type + order).getBytes(UTF_8),
                data.formatted(order).getBytes(UTF_8));
        Map.of(
                        "ce_specversion",
                        "1.0",
                        "ce_id",
                        order,
                        "ce_source",
                        "/" + type,
                        "ce_type",
                        type,
                        "content-type",
                        "application/json")
                .forEach((name, value) -> sent.headers().add(name, value.getBytes(UTF_8)));
        return sent;
    }

    private static void send(ClusterMesh mesh, List<ProducerRecord<byte[], byte[]>> records) throws Exception {
        Producers.sendAll(mesh.bootstrapServers(), records);
    }

    private static void awaitDone(ClusterMesh mesh, int count) {
        TopicReader.committed(mesh.bootstrapServers()).readAtLeast(count, PATIENCE, "trial.out");
    }

    private static List<String> done(ClusterMesh mesh) {
        return TopicReader.committed(mesh.bootstrapServers()).readToEnd("trial.out").stream()
                .map(record -> data(record).path("order").asText())
                .toList();
    }

    /** Returns of each instance how often it was said that it has completed. */
    private static Map<String, Integer> awaitCompleted(ClusterMesh mesh, int count) {
        Map<String, Integer> completed = new HashMap<>();
        List<ConsumerRecord<byte[], byte[]>> rows = TopicReader.committed(mesh.bootstrapServers())
                .readUntil(PATIENCE, read -> completedIn(read).size() >= count, "trial.instances");
        rows.stream()
                .filter(record -> data(record).path("status").asText().equals("completed"))
                .forEach(record -> completed.merge(new String(requireNonNull(record.key()), UTF_8), 1, Integer::sum));
        return completed;
    }

    /** What is counted goes through kills and savepoints with what it counts, so that nothing is left in the end. */
    private static void awaitNoneActive(RunningJob job) throws Exception {
        job.awaitCounts(now -> !now.workflows().isEmpty()
                && now.workflows().values().stream().allMatch(totals -> totals.started() > 0 && totals.active() == 0));
    }

    private static Set<String> completedIn(List<ConsumerRecord<byte[], byte[]>> rows) {
        Set<String> ids = new HashSet<>();
        for (ConsumerRecord<byte[], byte[]> row : rows) {
            if (data(row).path("status").asText().equals("completed")) {
                ids.add(data(row).path("id").asText());
            }
        }
        return ids;
    }

    /** Events of a channel that says nothing of it are written in binary mode. */
    private static JsonNode data(ConsumerRecord<byte[], byte[]> record) {
        try {
            return JSON.readTree(requireNonNull(record.value()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
