package dev.weft.job.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.io.CleanupMode.ON_SUCCESS;

import dev.weft.event.kafka.KafkaRecords;
import dev.weft.job.Jobs;
import dev.weft.job.Wire;
import dev.weft.job.audit.Balance;
import dev.weft.job.audit.Leg;
import dev.weft.job.audit.Row;
import dev.weft.job.cluster.MeshCounts;
import dev.weft.job.cluster.RulesInForce;
import dev.weft.testkit.http.Answer;
import dev.weft.testkit.http.ReceivedRequest;
import dev.weft.testkit.http.ScriptedServer;
import dev.weft.testkit.kafka.Producers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * On a real cluster, with targets that fail and rules that can change: what is parked, retried, delivered and given up
 * is all in the books.
 */
@SuppressWarnings("try") // closing waits for processes to end, and waiting can be interrupted
class AuditTargetIT {

    private static final int PARTITIONS = 4;
    private static final int EVENTS = 2_000;
    private static final Leg BILLING = new Leg("big", "billing");
    private static final Leg STRICT = new Leg("big", "strict");
    private static final Leg ALL = new Leg("big", "all");

    @TempDir(cleanup = ON_SUCCESS) // with the logs of every process
    private Path folder;

    @Test
    void theBooksBalanceWhileATargetIsDownAndAfterItIsBack() throws Exception {
        try (ClusterMesh mesh = ClusterMesh.start(folder);
                ScriptedServer server = ScriptedServer.observed(0, AuditTargetIT::whileDown, request -> {})) {
            mesh.createTopics(PARTITIONS, "sold.in", "sold.all", "sold.dead");
            mesh.createTopics(1, "sold.rules");
            RunningJob job = mesh.submit(config(mesh.bootstrapServers(), server.port()), 2, Optional.empty());
            send(mesh, 0, EVENTS / 2);
            Row down = job.awaitRow(BILLING, row -> row.received() == EVENTS / 2);
            assertThat(down.parked() + down.retrying() + down.inFlight()).isEqualTo(EVENTS / 2);

            mesh.killTaskManager();
            send(mesh, EVENTS / 2, EVENTS);
            job.awaitRow(BILLING, row -> row.received() == EVENTS);
            server.answerBy(AuditTargetIT::whenBack);
            job.awaitRow(BILLING, row -> row.delivered() == EVENTS);
            job.awaitRow(STRICT, row -> row.delivered() + row.dead() == EVENTS);
            Balance balance = job.audit();

            assertThat(balance.unbalanced(true)).isEmpty();
            assertThat(balance.rows())
                    .containsExactly(
                            new Row(ALL, EVENTS, 0, EVENTS, 0, 0, 0, 0, 0, 0, 0),
                            new Row(BILLING, EVENTS, 0, EVENTS, 0, 0, 0, 0, 0, 0, 0),
                            new Row(STRICT, EVENTS, 0, EVENTS / 2, 0, 0, 0, EVENTS / 2, 0, 0, 0));
            MeshCounts counts = job.awaitCounts(now -> now.target("billing").parked() == 0
                    && now.targets().size() >= 2
                    && now.rules().isPresent());
            assertThat(counts.targets()).containsOnlyKeys("billing", "strict");
            assertThat(counts.rules()).contains(new RulesInForce(1, 1));
            job.stopWithSavepoint();
        }
    }

    /** Billing is down; strict refuses every second event for good. */
    private static Answer whileDown(ReceivedRequest request) {
        return request.target().equals("/billing") ? Answer.status(503) : whenBack(request);
    }

    private static Answer whenBack(ReceivedRequest request) {
        boolean isRefused = request.target().equals("/strict")
                && Integer.parseInt(request.header("ce-id").orElseThrow()) % 2 == 0;
        return Answer.status(isRefused ? 400 : 202);
    }

    private static String config(String bootstrapServers, int port) {
        return Jobs.text("sold", """
                kafka: { bootstrapServers: "%s", startFrom: earliest }
                guarantee: exactly-once
                checkpoint: { every: 1s }
                channels:
                  in: { topic: sold.in }
                  all: { topic: sold.all }
                  dead: { topic: sold.dead }
                  rules: { topic: sold.rules }
                control: rules
                targets:
                  billing:
                    http: { url: "http://127.0.0.1:%2$d/billing" }
                    order: perKey
                    retry: { maxAttempts: 1000, backoff: linear, base: 200ms, cap: 1s }
                  strict: { http: { url: "http://127.0.0.1:%2$d/strict" } }
                deadLetter: dead
                routes:
                  - { name: big, from: [in], to: [all, billing, strict] }
                """.formatted(bootstrapServers, port));
    }

    private static void send(ClusterMesh mesh, int from, int to) throws Exception {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int number = from; number < to; number++) {
            records.add(KafkaRecords.toTopic("sold.in", Wire.event(Integer.toString(number), "order", "{}")));
        }
        Producers.sendAll(mesh.bootstrapServers(), records);
    }
}
