package dev.weft.job.trial;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.io.CleanupMode.ON_SUCCESS;

import dev.weft.event.WireRecord;
import dev.weft.event.kafka.KafkaRecords;
import dev.weft.job.JobConfig;
import dev.weft.job.JobConfigReader;
import dev.weft.job.Jobs;
import dev.weft.job.Wire;
import dev.weft.testkit.Await;
import dev.weft.testkit.kafka.Producers;
import dev.weft.testkit.kafka.TopicReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * On a real cluster whose TaskManager is killed, what steps remember is neither lost nor counted twice: the outputs are
 * those of the same routes without Flink, event by event and in order for each device. A savepoint keeps it, too.
 */
@SuppressWarnings("try") // closing waits for processes to end, and waiting can be interrupted
class ChainIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int PARTITIONS = 4;
    private static final int DEVICES = 40;
    private static final int EVENTS = 8_000;

    /** Each half of them waits for the other side of a disaster. */
    private static final int HALF = EVENTS / 2;

    @TempDir(cleanup = ON_SUCCESS) // with the logs of every process
    private Path folder;

    @Test
    void whatIsRememberedOutlivesAKillAndASavepoint() throws Exception {
        long begin = System.currentTimeMillis() - Duration.ofHours(1).toMillis();
        try (ClusterMesh mesh = ClusterMesh.start(folder)) {
            mesh.createTopics(PARTITIONS, "devices.in", "devices.changed", "devices.copies", "devices.dead");
            String config = config(mesh.bootstrapServers());
            RunningJob job = mesh.submit(config, 2, Optional.empty());

            send(mesh, begin, 0, HALF);
            int before = requireNonNull(expected(config, mesh).get("devices.changed"))
                    .size();
            TopicReader.committed(mesh.bootstrapServers()).readAtLeast(before / 2, PATIENCE, "devices.changed");
            mesh.killTaskManager();
            send(mesh, begin, HALF, EVENTS - 100);
            awaitOutput(config, mesh);

            String savepoint = job.stopWithSavepoint();
            RunningJob again = mesh.submit(config, 1, Optional.of(savepoint));
            send(mesh, begin, EVENTS - 100, EVENTS);
            awaitOutput(config, mesh);
            again.stopWithSavepoint();

            SortedMap<String, List<WireRecord>> expected = expected(config, mesh);
            for (String topic : expected.keySet()) {
                assertThat(byKey(written(mesh, topic))).as(topic).isEqualTo(byKey(expected.get(topic)));
            }
            assertThat(expected.get("devices.changed")).hasSizeBetween(EVENTS / 20, EVENTS / 2);
            assertThat(expected.get("devices.dead")).isNotEmpty();
        }
    }

    private static void awaitOutput(String config, ClusterMesh mesh) throws Exception {
        SortedMap<String, List<WireRecord>> expected = expected(config, mesh);
        Await.until(
                "every output to be there",
                PATIENCE,
                () -> expected.entrySet().stream()
                        .allMatch(topic -> written(mesh, topic.getKey()).size()
                                >= topic.getValue().size()));
    }

    /** Two routes: one that remembers twice, and one that does between other steps. */
    private static String config(String bootstrapServers) {
        return Jobs.text("devices", """
                kafka: { bootstrapServers: "%s", startFrom: earliest }
                guarantee: exactly-once
                checkpoint: { every: 1s }
                channels:
                  in: { topic: devices.in }
                  changed: { topic: devices.changed }
                  copies: { topic: devices.copies }
                  dead: { topic: devices.dead }
                deadLetter: dead
                routes:
                  - name: changed
                    from: [in]
                    where: { type: [reading] }
                    steps:
                      - onlyOnChange: { by: data.device, of: data.status }
                      - transform: { set: { type: changed }, data: { device: "${data.device}", status: "${data.status}" } }
                      - firstPerWindow: { by: data.device, window: 300ms }
                    to: [changed]
                  - name: copies
                    from: [in]
                    where: { type: [reading] }
                    steps:
                      - filter: { where: { data: { status: [3] } } }
                      - firstPerWindow: { by: data.device, window: 1s }
                      - tap: copies
                      - transform: { set: { note: "${data.note}" }, missing: fail }
                    to: [copies]
                """.formatted(bootstrapServers));
    }

    private static void send(ClusterMesh mesh, long begin, int from, int to) throws Exception {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int number = from; number < to; number++) {
            int device = number % DEVICES;
            int status = number / DEVICES / 3 % 4;
            String note = number % 7 == 0 ? "" : ",\"note\":\"n\"";
            WireRecord event = Wire.event(
                    Integer.toString(number),
                    "reading",
                    "{\"device\":%d,\"status\":%d%s}".formatted(device, status, note));
            records.add(new ProducerRecord<>(
                    "devices.in",
                    null,
                    begin + number,
                    ("d" + device).getBytes(UTF_8),
                    event.value(),
                    KafkaRecords.toTopic("devices.in", event).headers()));
        }
        Producers.sendAll(mesh.bootstrapServers(), records);
    }

    private static SortedMap<String, List<WireRecord>> expected(String text, ClusterMesh mesh) {
        JobConfig config = JobConfigReader.read("chain.yaml", text, Map.of()).orElseThrow();
        List<ConsumerRecord<byte[], byte[]>> input =
                TopicReader.committed(mesh.bootstrapServers()).readToEnd("devices.in");
        return PlainMesh.of(config, input).written();
    }

    private static List<WireRecord> written(ClusterMesh mesh, String topic) {
        return TopicReader.committed(mesh.bootstrapServers()).readToEnd(topic).stream()
                .map(KafkaRecords::wire)
                .toList();
    }

    /** Returns, for each key, what is in its records and in which order; dead letters with all that is said of them. */
    private static SortedMap<String, List<String>> byKey(List<WireRecord> records) {
        SortedMap<String, List<String>> byKey = new TreeMap<>();
        records.forEach(record -> byKey.computeIfAbsent(
                        new String(requireNonNull(record.key()), UTF_8), key -> new ArrayList<>())
                .add(text(record)));
        return byKey;
    }

    private static String text(WireRecord record) {
        StringBuilder text = new StringBuilder(new String(requireNonNull(record.value()), UTF_8));
        for (int i = 0; i < record.headers().size(); i++) {
            text.append(' ')
                    .append(record.headers().name(i))
                    .append('=')
                    .append(new String(requireNonNull(record.headers().value(i)), UTF_8));
        }
        return text.toString();
    }
}
