package dev.weft.job.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.io.CleanupMode.ON_SUCCESS;

import dev.weft.testkit.Await;
import dev.weft.testkit.kafka.TopicReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * On a real cluster whose TaskManager is killed and whose broker goes away while events keep coming, every event comes
 * out once on each of its outputs, in order, for a reader of what is committed.
 */
@SuppressWarnings("try") // closing waits for processes to end, and waiting can be interrupted
class ExactlyOnceIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int PARTITIONS = 4;
    private static final int PER_SECOND = 5_000;

    /** Something that breaks, and that the mesh must live through. */
    private interface Disaster {
        void strike(ClusterMesh mesh) throws Exception;
    }

    @TempDir(cleanup = ON_SUCCESS) // with the logs of every process
    private Path folder;

    @Test
    void losesNothingAndRepeatsNothing() throws Exception {
        livesThrough(40_000, 2);
    }

    /** The same for longer: {@code ./mvnw verify -Pchaos -pl mesh-jobs -am}. */
    @Test
    @Tag("chaos")
    void losesNothingAndRepeatsNothingHoweverOftenItIsKilled() throws Exception {
        livesThrough(200_000, 5);
    }

    private void livesThrough(int events, int kills) throws Exception {
        long start = System.nanoTime();
        Shop shop = new Shop("shop");
        List<Disaster> disasters = new ArrayList<>(Collections.nCopies(kills, ClusterMesh::killTaskManager));
        disasters.add(kills / 2, ClusterMesh::restartBroker);
        try (ClusterMesh mesh = ClusterMesh.start(folder);
                Offsets offsets = shop.offsets(mesh.bootstrapServers(), PARTITIONS);
                Traffic traffic = Traffic.start(shop, mesh.bootstrapServers(), PER_SECOND)) {
            mesh.createTopics(PARTITIONS, shop.topics());
            RunningJob job = mesh.submit(shop.config(mesh.bootstrapServers()), 2, Optional.empty());

            strikeAll(disasters, events, mesh, traffic, shop);
            traffic.awaitArrived(events);
            Await.until(
                    "every offset to be committed",
                    PATIENCE,
                    () -> offsets.committed().equals(offsets.ends()));
            job.stopWithSavepoint();

            assertThat(offsets.committed()).isEqualTo(offsets.ends());
            assertThat(offsets.openTransactions("weft-shop")).isEmpty();
            List<Tally> tallies = shop.tallies(events, mesh.bootstrapServers());
            assertThat(tallies).isEqualTo(shop.perfect(events));
            long aborted = aborted(shop, tallies, mesh.bootstrapServers());
            assertThat(aborted).as("records in flight when something broke").isPositive();
            report(events, kills, tallies, aborted, Duration.ofNanos(System.nanoTime() - start));
        }
    }

    /** Strikes in the middle of each portion of the events; the next comes once all is well again. */
    private static void strikeAll(List<Disaster> disasters, int events, ClusterMesh mesh, Traffic traffic, Shop shop)
            throws Exception {
        int portion = events / (disasters.size() + 1);
        int allowed = 0;
        for (Disaster disaster : disasters) {
            allowed += portion;
            traffic.allow(allowed);
            traffic.awaitArrived(allowed - portion / 2);
            disaster.strike(mesh);
            shop.awaitOut(traffic.arrived(), mesh.bootstrapServers());
        }
        traffic.allow(events);
    }

    /** Returns how many records a reader of uncommitted records sees that were never committed. */
    private static long aborted(Shop shop, List<Tally> tallies, String bootstrapServers) {
        TopicReader reader = TopicReader.uncommitted(bootstrapServers);
        long all = shop.outputs().stream()
                .mapToLong(output -> reader.readToEnd(output.topic()).size())
                .sum();
        return all - tallies.stream().mapToLong(Tally::found).sum();
    }

    private static void report(int events, int kills, List<Tally> tallies, long aborted, Duration took) {
        System.out.printf(
                "exactly-once: events=%d outputs=%d kills=%d brokerRestarts=1 seconds=%d aborted=%d delivered=%d lost=%d"
                        + " twice=%d disordered=%d%n",
                events,
                tallies.size(),
                kills,
                took.toSeconds(),
                aborted,
                tallies.stream().mapToInt(Tally::found).sum(),
                tallies.stream().mapToInt(Tally::lost).sum(),
                tallies.stream().mapToInt(Tally::twice).sum(),
                tallies.stream().mapToInt(Tally::disordered).sum());
    }
}
