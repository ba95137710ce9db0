package dev.weft.job.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.io.CleanupMode.ON_SUCCESS;

import dev.weft.event.WireRecord;
import dev.weft.event.kafka.KafkaRecords;
import dev.weft.job.Jobs;
import dev.weft.job.Wire;
import dev.weft.testkit.Await;
import dev.weft.testkit.http.Answer;
import dev.weft.testkit.http.ScriptedServer;
import dev.weft.testkit.kafka.Producers;
import dev.weft.testkit.kafka.TopicReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A dead letter that the broker refuses: it is not committed, nothing is lost, and the job recovers by itself. */
@SuppressWarnings("try") // closing waits for processes to end, and waiting can be interrupted
class RefusedDeadLetterIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int EVENTS = 500;
    private static final String LARGEST = "max.message.bytes";

    @TempDir(cleanup = ON_SUCCESS) // with the logs of every process
    private Path folder;

    @Test
    void waitsUntilTheBrokerTakesItAndLosesNothing() throws Exception {
        try (ScriptedServer server = ScriptedServer.observed(0, request -> Answer.text(400, "no"), request -> {});
                ClusterMesh mesh = ClusterMesh.start(folder)) {
            mesh.createTopics(2, "refused.in", "refused.seen", "refused.dead");
            setLargest(mesh, "200"); // enough for what ends a transaction, not for a dead letter
            RunningJob job = mesh.submit(config(mesh, server), 2, Optional.empty());
            send(mesh);
            Await.until(
                    "the job to fail for the dead letter",
                    PATIENCE,
                    () -> job.failure().isPresent());
            // The other topic may have its events: a checkpoint may come while the calls are still open.
            assertThat(TopicReader.committed(mesh.bootstrapServers()).readToEnd("refused.dead"))
                    .as("no dead letter is committed")
                    .isEmpty();

            setLargest(mesh, "1048576");
            // A sink that is refused while it closes ends the process: whoever runs TaskManagers starts them again.
            mesh.startTaskManager();
            TopicReader reader = TopicReader.committed(mesh.bootstrapServers());
            reader.readAtLeast(EVENTS, PATIENCE, "refused.dead");
            reader.readAtLeast(EVENTS, PATIENCE, "refused.seen");
            assertThat(ids(reader, "refused.dead")).containsExactlyElementsOf(all());
            assertThat(ids(reader, "refused.seen")).containsExactlyElementsOf(all());
            assertThat(job.audit().unbalanced(true)).as("the audit balances").isEmpty();
        }
    }

    private static List<Integer> all() {
        return IntStream.range(0, EVENTS).boxed().toList();
    }

    private static List<Integer> ids(TopicReader reader, String topic) {
        return reader.readToEnd(topic).stream()
                .map(record -> Integer.parseInt(Wire.header(KafkaRecords.wire(record), "ce_id")))
                .sorted()
                .toList();
    }

    private static void setLargest(ClusterMesh mesh, String bytes) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", mesh.bootstrapServers()))) {
            ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, "refused.dead");
            AlterConfigOp largest = new AlterConfigOp(new ConfigEntry(LARGEST, bytes), AlterConfigOp.OpType.SET);
            admin.incrementalAlterConfigs(Map.of(topic, List.of(largest))).all().get();
        }
    }

    private static String config(ClusterMesh mesh, ScriptedServer server) {
        return Jobs.text("refused", """
                kafka: { bootstrapServers: "%s", startFrom: earliest }
                guarantee: exactly-once
                checkpoint: { every: 1s }
                channels:
                  in: { topic: refused.in }
                  seen: { topic: refused.seen }
                  dead: { topic: refused.dead }
                deadLetter: dead
                targets:
                  endpoint: { http: { url: "%s" }, breaker: off }
                routes:
                  - { name: push, from: [in], to: [endpoint, seen] }
                """.formatted(mesh.bootstrapServers(), server.uri("/")));
    }

    private static void send(ClusterMesh mesh) throws Exception {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int number = 0; number < EVENTS; number++) {
            WireRecord event = Wire.event(Integer.toString(number), "pushed", "{}");
            records.add(KafkaRecords.toTopic("refused.in", event));
        }
        Producers.sendAll(mesh.bootstrapServers(), records);
    }
}
