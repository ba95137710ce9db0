package dev.weft.job.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.io.CleanupMode.ON_SUCCESS;

import dev.weft.job.cluster.JobState;
import dev.weft.testkit.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A job that is stopped goes on from its savepoint, with more or fewer subtasks than before. */
@SuppressWarnings("try") // closing waits for processes to end, and waiting can be interrupted
class RescaleIT {

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final int PARTITIONS = 4;
    private static final int PER_SECOND = 5_000;
    private static final int EVENTS = 10_000;

    @TempDir(cleanup = ON_SUCCESS) // with the logs of every process
    private static Path folder;

    private static ClusterMesh mesh;

    @BeforeAll
    static void start() throws Exception {
        mesh = ClusterMesh.start(folder);
    }

    @AfterAll
    static void stop() throws Exception {
        if (mesh != null) {
            mesh.close();
        }
    }

    @ParameterizedTest(name = "from {0} to {1}")
    @CsvSource({"1, 2", "2, 1"})
    void everyEventComesOutOnceThoughTheJobIsRescaledInTheMiddle(int before, int after) throws Exception {
        Shop shop = new Shop("from-" + before + "-to-" + after);
        mesh.createTopics(PARTITIONS, shop.topics());
        String config = shop.config(mesh.bootstrapServers());
        try (Traffic traffic = Traffic.start(shop, mesh.bootstrapServers(), PER_SECOND);
                Offsets offsets = shop.offsets(mesh.bootstrapServers(), PARTITIONS)) {
            RunningJob first = mesh.submit(config, before, Optional.empty());
            traffic.allow(EVENTS);
            traffic.awaitArrived(EVENTS / 3);
            String savepoint = first.stopWithSavepoint();
            assertThat(first.state()).isEqualTo(JobState.FINISHED);

            RunningJob second = mesh.submit(config, after, Optional.of(savepoint));
            traffic.awaitArrived(EVENTS);
            Await.until(
                    "every offset to be committed",
                    PATIENCE,
                    () -> offsets.committed().equals(offsets.ends()));
            second.stopWithSavepoint();

            assertThat(shop.tallies(EVENTS, mesh.bootstrapServers())).isEqualTo(shop.perfect(EVENTS));
        }
    }

    @Test
    void anEventThatCameWhileNothingRanIsReadByTheNextJobWithoutASavepoint() throws Exception {
        Shop shop = new Shop("pause");
        mesh.createTopics(PARTITIONS, shop.topics());
        String config = shop.config(mesh.bootstrapServers()).replace("startFrom: earliest", "startFrom: committed");
        try (Traffic traffic = Traffic.start(shop, mesh.bootstrapServers(), PER_SECOND);
                Offsets offsets = shop.offsets(mesh.bootstrapServers(), PARTITIONS)) {
            RunningJob first = mesh.submit(config, 2, Optional.empty());
            traffic.allow(1_000);
            traffic.awaitArrived(1_000);
            Await.until(
                    "every offset to be committed",
                    PATIENCE,
                    () -> offsets.committed().equals(offsets.ends()));
            first.stopWithSavepoint();

            traffic.allow(2_000);
            traffic.awaitArrived(2_000);
            RunningJob second = mesh.submit(config, 2, Optional.empty());
            Await.until(
                    "every offset to be committed",
                    PATIENCE,
                    () -> offsets.committed().equals(offsets.ends()));
            second.stopWithSavepoint();

            assertThat(shop.tallies(2_000, mesh.bootstrapServers())).isEqualTo(shop.perfect(2_000));
        }
    }
}
