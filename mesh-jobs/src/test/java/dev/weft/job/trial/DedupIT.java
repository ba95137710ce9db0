package dev.weft.job.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.io.CleanupMode.ON_SUCCESS;

import dev.weft.job.cluster.MeshCounts;
import dev.weft.testkit.Await;
import dev.weft.testkit.kafka.Producers;
import dev.weft.testkit.kafka.TopicReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * On a real cluster whose TaskManager is killed, and behind a savepoint at another parallelism, events that come again
 * come out once on each output and in order for each key.
 */
@SuppressWarnings("try") // closing waits for processes to end, and waiting can be interrupted
class DedupIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int PARTITIONS = 4;

    /** What is sent once: 40,000 numbers, half of them before the kill. */
    private static final int HALF = 20_000;

    private static final int NUMBERS = 2 * HALF;

    /** Every eighth comes again at once, and every fourth of the first half once more after the kill. */
    private static final int AGAIN_AT_ONCE_OF_A_HALF = HALF / 8;

    private static final int AGAIN_LATER = HALF / 4;

    private static final int AFTER_THE_SAVEPOINT = 400;

    @TempDir(cleanup = ON_SUCCESS) // with the logs of every process
    private Path folder;

    @Test
    void whatComesAgainComesOutOnceThroughAKillAndASavepoint() throws Exception {
        Shop shop = new Shop("twice");
        try (ClusterMesh mesh = ClusterMesh.start(folder);
                Offsets offsets = shop.offsets(mesh.bootstrapServers(), PARTITIONS)) {
            mesh.createTopics(PARTITIONS, shop.topics());
            String config = shop.config(mesh.bootstrapServers())
                    .replace("in: { topic: twice.in }", "in: { topic: twice.in, dedup: { ttl: 1d } }");
            RunningJob job = mesh.submit(config, 2, Optional.empty());

            List<ProducerRecord<byte[], byte[]>> before = records(shop, 0, HALF);
            int committed = before.size() / 2;
            Producers.sendAll(mesh.bootstrapServers(), before.subList(0, committed));
            TopicReader.committed(mesh.bootstrapServers()).readAtLeast(HALF / 10, PATIENCE, "twice.all");
            Producers.sendAll(mesh.bootstrapServers(), before.subList(committed, before.size()));
            mesh.killTaskManager(); // while the second half is on its way
            shop.awaitWritten(HALF, mesh.bootstrapServers());

            List<ProducerRecord<byte[], byte[]>> after = records(shop, HALF, NUMBERS);
            for (int number = 2; number < HALF; number += 4) {
                after.add(shop.record(number));
            }
            Producers.sendAll(mesh.bootstrapServers(), after);
            awaitAllRead(offsets);
            long again = AGAIN_AT_ONCE_OF_A_HALF + AGAIN_LATER;
            MeshCounts counts = job.awaitCounts(now -> now.received() >= after.size() && now.duplicates() >= again);
            assertThat(counts.duplicates())
                    .as("what came again since the kill, and perhaps what was read again")
                    .isBetween(again, again + AGAIN_AT_ONCE_OF_A_HALF);
            assertThat(before.size() + after.size()).isEqualTo(50_000);

            RunningJob alone = mesh.submit(config, 1, Optional.of(job.stopWithSavepoint()));
            List<ProducerRecord<byte[], byte[]>> last = records(shop, NUMBERS, NUMBERS + AFTER_THE_SAVEPOINT);
            for (int number = 0; number < NUMBERS; number += 100) {
                last.add(shop.record(number));
            }
            Producers.sendAll(mesh.bootstrapServers(), last);
            long lastAgain = NUMBERS / 100 + AFTER_THE_SAVEPOINT / 8;
            MeshCounts exact = alone.awaitCounts(now -> now.received() >= last.size() && now.duplicates() >= lastAgain);
            assertThat(exact.received()).isEqualTo(last.size());
            assertThat(exact.duplicates()).isEqualTo(lastAgain);
            alone.stopWithSavepoint();

            int sent = NUMBERS + AFTER_THE_SAVEPOINT;
            assertThat(shop.tallies(sent, mesh.bootstrapServers())).isEqualTo(shop.perfect(sent));
        }
    }

    /** Returns those of these numbers, every eighth twice. What comes again is never garbage: that is odd. */
    private static List<ProducerRecord<byte[], byte[]>> records(Shop shop, int from, int to) {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int number = from; number < to; number++) {
            records.add(shop.record(number));
            if (number % 8 == 0) {
                records.add(shop.record(number));
            }
        }
        return records;
    }

    private static void awaitAllRead(Offsets offsets) throws Exception {
        Await.until(
                "every offset to be committed",
                PATIENCE,
                () -> offsets.committed().equals(offsets.ends()));
    }
}
