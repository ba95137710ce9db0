package dev.weft.job.trial;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.io.CleanupMode.ON_SUCCESS;

import dev.weft.event.EventReader;
import dev.weft.event.MeshEvent;
import dev.weft.event.kafka.KafkaRecords;
import dev.weft.job.Jobs;
import dev.weft.job.Wire;
import dev.weft.job.cli.Typed;
import dev.weft.testkit.Await;
import dev.weft.testkit.http.Answer;
import dev.weft.testkit.http.ReceivedRequest;
import dev.weft.testkit.http.ScriptedServer;
import dev.weft.testkit.kafka.Producers;
import dev.weft.testkit.kafka.TopicReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * On a real cluster, dead letters of a target that was down reach it when it is back, and nobody else: each is sent
 * once, in the order of their events, through a kill of the TaskManager. And a target that answers its own answers is
 * stopped.
 */
@SuppressWarnings("try") // closing waits for processes to end, and waiting can be interrupted
class RedriveIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int PARTITIONS = 3;
    private static final int EACH = 100;
    private static final int EVENTS = PARTITIONS * EACH;

    @TempDir(cleanup = ON_SUCCESS) // with the logs of every process
    private Path folder;

    @Test
    void deadLettersReachTheTargetThatWasDown() throws Exception {
        try (ClusterMesh mesh = ClusterMesh.start(folder);
                ScriptedServer server = ScriptedServer.recording(
                        request -> Answer.status(request.target().equals("/billing") ? 500 : 200))) {
            mesh.createTopics(PARTITIONS, "shop.orders", "shop.again", "shop.dead", "shop.pings");
            String config = config(mesh.bootstrapServers(), server);
            Path file = folder.resolve("shop.yaml");
            Files.writeString(file, config);
            RunningJob job = mesh.submit(config, 2, Optional.empty());
            send(mesh);
            committed(mesh, EVENTS, "shop.dead");
            Await.until(
                    "the other target to have all",
                    PATIENCE,
                    () -> ids(server, "/audit", 0).size() == EVENTS);
            Set<String> keysBefore = keys(server, 0);

            String[] redrive = {"redrive", file.toString(), "--route", "bills", "--target", "billing"};
            assertThat(typed(redrive, "--dry-run")).contains("would send 300 events of route bills");
            assertThat(TopicReader.committed(mesh.bootstrapServers()).readToEnd("shop.again"))
                    .isEmpty();

            int before = server.requests().size();
            server.answerBy(request -> Answer.status(200));
            assertThat(typed(redrive, "--limit", "100")).contains("sent 100 events of route bills");
            Await.until(
                    "the first hundred",
                    PATIENCE,
                    () -> ids(server, "/billing", before).size() == 100);
            assertThat(ids(server, "/audit", before))
                    .as("sent again to the other target")
                    .isEmpty();

            assertThat(typed(redrive))
                    .contains("sent 200 events of route bills; left out 100 dead letters sent before");
            mesh.killTaskManager();
            Await.until("all", PATIENCE, () -> ids(server, "/billing", before).size() == EVENTS);
            assertThat(typed(redrive)).contains("sent 0 events of route bills; left out 300 dead letters sent before");

            assertThat(committed(mesh, EVENTS, "shop.again")).hasSize(EVENTS);
            assertThat(keys(server, before)).as("Idempotency-Key").isEqualTo(keysBefore);
            for (int partition = 0; partition < PARTITIONS; partition++) {
                String prefix = partition + "-";
                assertThat(ids(server, "/billing", before).stream().filter(id -> id.startsWith(prefix)))
                        .as("events of partition %d in the order they first came", partition)
                        .isSorted();
            }
            job.stopWithSavepoint();
            assertThat(TopicReader.committed(mesh.bootstrapServers()).readToEnd("shop.dead"))
                    .hasSize(EVENTS);
        }
    }

    @Test
    void aTargetThatAnswersItsOwnAnswersIsStopped() throws Exception {
        Answer.Reply pong = Answer.status(200)
                .with("ce-specversion", "1.0")
                .with("ce-id", "pong")
                .with("ce-source", "/echo")
                .with("ce-type", "ping");
        try (ClusterMesh mesh = ClusterMesh.start(folder);
                ScriptedServer server = ScriptedServer.recording(request -> pong)) {
            mesh.createTopics(1, "shop.orders", "shop.again", "shop.dead", "shop.pings");
            RunningJob job = mesh.submit(config(mesh.bootstrapServers(), server), 1, Optional.empty());
            Producers.sendAll(
                    mesh.bootstrapServers(),
                    List.of(KafkaRecords.toTopic("shop.pings", Wire.event("ping-1", "ping", "{}"))));

            MeshEvent dead = event(committed(mesh, 1, "shop.dead").get(0));

            assertThat(dead.attribute("weftreason")).isEqualTo("too-many-hops");
            assertThat(dead.attribute("wefthops")).isEqualTo("4");
            assertThat(dead.attribute("weftchain")).isEqualTo("loop>echo loop>echo loop>echo loop>echo");
            assertThat(dead.attribute("correlationid")).isEqualTo("ping-1");
            assertThat(committed(mesh, 4, "shop.pings"))
                    .extracting(record -> event(record).attribute("wefthops"))
                    .containsExactly(null, "1", "2", "3");
            job.stopWithSavepoint();
        }
    }

    private static String config(String bootstrapServers, ScriptedServer server) {
        return Jobs.text("shop", """
                kafka: { bootstrapServers: "%s", startFrom: earliest }
                checkpoint: { every: 1s }
                limits: { maxHops: 3 }
                channels:
                  orders: { topic: shop.orders }
                  pings: { topic: shop.pings }
                  again: { topic: shop.again }
                  dead: { topic: shop.dead }
                deadLetter: dead
                redrive: again
                targets:
                  billing:
                    http: { url: "%s" }
                    retry: { maxAttempts: 1 }
                    breaker: off
                    order: perKey
                  audit: { http: { url: "%s" } }
                  echo: { http: { url: "%s" }, replyTo: pings }
                routes:
                  - { name: bills, from: [orders], to: [billing, audit] }
                  - { name: loop, from: [pings], to: [echo] }
                """.formatted(
                        bootstrapServers, server.uri("/billing"), server.uri("/audit"), server.uri("/echo")));
    }

    private static void send(ClusterMesh mesh) throws Exception {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int number = 0; number < EACH; number++) {
            for (int partition = 0; partition < PARTITIONS; partition++) {
                ProducerRecord<byte[], byte[]> plain = KafkaRecords.toTopic(
                        "shop.orders", Wire.event("%d-%03d".formatted(partition, number), "order", "{}"));
                plain.headers()
                        .add("ce_partitionkey", Integer.toString(partition).getBytes(UTF_8));
                records.add(new ProducerRecord<>(
                        plain.topic(), partition, null, plain.key(), plain.value(), plain.headers()));
            }
        }
        Producers.sendAll(mesh.bootstrapServers(), records);
    }

    private static String typed(String[] command, String... more) {
        List<String> all = new ArrayList<>(List.of(command));
        all.addAll(List.of(more));
        all.addAll(List.of("--wait", "60s"));
        Typed typed = Typed.weft(all.toArray(String[]::new));
        assertThat(typed.exitCode()).as(typed.err()).isZero();
        return typed.out();
    }

    private static List<ConsumerRecord<byte[], byte[]>> committed(ClusterMesh mesh, int count, String topic) {
        return TopicReader.committed(mesh.bootstrapServers()).readAtLeast(count, PATIENCE, topic);
    }

    private static MeshEvent event(ConsumerRecord<byte[], byte[]> record) {
        return (MeshEvent) new EventReader(1_000_000).read(KafkaRecords.origin(record), KafkaRecords.wire(record));
    }

    /** Returns the ids of the events that came to a path, in the order they came first, without the first requests. */
    private static Set<String> ids(ScriptedServer server, String path, int without) {
        return since(server, without).stream()
                .filter(request -> request.target().equals(path))
                .map(request -> request.header("ce-id").orElseThrow())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static Set<String> keys(ScriptedServer server, int without) {
        return since(server, without).stream()
                .filter(request -> request.target().equals("/billing"))
                .map(request -> request.header("Idempotency-Key").orElseThrow())
                .collect(Collectors.toSet());
    }

    private static List<ReceivedRequest> since(ScriptedServer server, int without) {
        List<ReceivedRequest> requests = server.requests();
        return requests.subList(without, requests.size());
    }
}
