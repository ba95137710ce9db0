package dev.weft.job.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.io.CleanupMode.ON_SUCCESS;

import dev.weft.event.WireRecord;
import dev.weft.event.kafka.KafkaRecords;
import dev.weft.job.Jobs;
import dev.weft.job.Wire;
import dev.weft.job.audit.Balance;
import dev.weft.job.audit.Leg;
import dev.weft.job.audit.Reading;
import dev.weft.job.audit.Row;
import dev.weft.testkit.Await;
import dev.weft.testkit.kafka.Producers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * On a real cluster whose TaskManager is killed, and whose job is stopped and goes on with another parallelism, the
 * books of the job say of every event what became of it, each once.
 */
@SuppressWarnings("try") // closing waits for processes to end, and waiting can be interrupted
class AuditIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int PARTITIONS = 4;
    private static final int EVENTS = 6_000;
    private static final int DEVICES = 30;

    /** One in so many rounds of events has no status. */
    private static final int BARE = 10;

    /** One in so many records is no event. */
    private static final int GARBAGE = 100;

    @TempDir(cleanup = ON_SUCCESS) // with the logs of every process
    private Path folder;

    @Test
    void everyEventIsInTheBooksOnceAfterAKillAndARescale() throws Exception {
        try (ClusterMesh mesh = ClusterMesh.start(folder)) {
            mesh.createTopics(PARTITIONS, "audit.in", "audit.all", "audit.some", "audit.dead");
            String config = config(mesh.bootstrapServers());
            RunningJob job = mesh.submit(config, 2, Optional.empty());
            send(mesh, 0, EVENTS / 2);
            Row half = job.awaitRow(ALL, row -> row.received() > EVENTS / 10);
            assertThat(half.difference()).isZero();
            mesh.killTaskManager();
            send(mesh, EVENTS / 2, EVENTS - 100);
            job.awaitRow(ALL, row -> row.received() >= events(EVENTS - 100));

            RunningJob again = mesh.submit(config, 1, Optional.of(job.stopWithSavepoint()));
            send(mesh, EVENTS - 100, EVENTS);
            Balance balance = awaitAllRead(again);

            assertThat(balance.unbalanced(true)).isEmpty();
            assertThat(balance.read()).isEqualTo(Map.of("audit.in", new Reading(events(EVENTS), EVENTS / GARBAGE)));
            assertThat(balance.rows()).contains(row(ALL, events(EVENTS), 0, 0));
            assertThat(balance.rows())
                    .filteredOn(row -> row.leg().equals(CHANGED))
                    .singleElement()
                    .satisfies(row -> {
                        assertThat(row.received()).isEqualTo(events(EVENTS));
                        assertThat(row.dead()).isEqualTo(bare());
                        assertThat(row.delivered()).isEqualTo(DEVICES);
                        assertThat(row.filtered()).isEqualTo(events(EVENTS) - bare() - DEVICES);
                    });
            again.stopWithSavepoint();
        }
    }

    /** Returns the books once all is in them: the last record that is no event may be read after the last event. */
    private static Balance awaitAllRead(RunningJob job) throws Exception {
        return Await.value(
                "all records to be read",
                PATIENCE,
                () -> Optional.of(job.audit())
                        .filter(balance -> balance.read().values().stream()
                                        .mapToLong(reading -> reading.events() + reading.refused())
                                        .sum()
                                >= EVENTS));
    }

    private static final Leg ALL = new Leg("everything", "all");
    private static final Leg CHANGED = new Leg("changed", "some");

    private static Row row(Leg leg, long delivered, long filtered, long dead) {
        return new Row(leg, delivered + filtered + dead, filtered, delivered, 0, 0, 0, dead, 0, 0, 0);
    }

    /** One route that takes all, and one whose steps drop most and fail where there is no status. */
    private static String config(String bootstrapServers) {
        return Jobs.text("audit", """
                kafka: { bootstrapServers: "%s", startFrom: earliest }
                guarantee: exactly-once
                checkpoint: { every: 1s }
                channels:
                  in: { topic: audit.in }
                  all: { topic: audit.all }
                  some: { topic: audit.some }
                  dead: { topic: audit.dead }
                deadLetter: dead
                routes:
                  - { name: everything, from: [in], to: [all] }
                  - name: changed
                    from: [in]
                    steps:
                      - transform: { data: { device: "${data.device}", status: "${data.status}" }, missing: fail }
                      - onlyOnChange: { by: data.device, of: data.status }
                    to: [some]
                """.formatted(bootstrapServers));
    }

    private static void send(ClusterMesh mesh, int from, int to) throws Exception {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int number = from; number < to; number++) {
            records.add(KafkaRecords.toTopic("audit.in", record(number)));
        }
        Producers.sendAll(mesh.bootstrapServers(), records);
    }

    private static WireRecord record(int number) {
        if (number % GARBAGE == GARBAGE - 1) {
            return Wire.garbage("garbage " + number);
        }
        String status = isBare(number) ? "" : ",\"status\":1";
        return Wire.event(Integer.toString(number), "reading", "{\"device\":%d%s}".formatted(number % DEVICES, status));
    }

    private static boolean isBare(int number) {
        return number / DEVICES % BARE == 0 && number % GARBAGE != GARBAGE - 1;
    }

    private static long bare() {
        long bare = 0;
        for (int number = 0; number < EVENTS; number++) {
            bare += isBare(number) ? 1 : 0;
        }
        return bare;
    }

    private static long events(int records) {
        return records - records / GARBAGE;
    }
}
