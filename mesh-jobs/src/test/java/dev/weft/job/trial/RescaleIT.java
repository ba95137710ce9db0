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

/** A job that is stopped goes on from its savepoint, with more or fewer subtasks than before. */
@SuppressWarnings("try") // closing waits for processes to end, and waiting can be interrupted
class RescaleIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int PARTITIONS = 4;
    private static final int PER_SECOND = 5_000;
    private static final int EACH_RUN = 5_000;
    private static final int EVENTS = 2 * EACH_RUN;

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

    @Test
    void everyEventComesOutOnceThoughTheJobIsRescaledTwice() throws Exception {
        Shop shop = new Shop("rescaled");
        mesh.createTopics(PARTITIONS, shop.topics());
        String config = shop.config(mesh.bootstrapServers());
        try (Traffic traffic = Traffic.start(shop, mesh.bootstrapServers(), PER_SECOND)) {
            Optional<String> savepoint = Optional.empty();
            for (int run = 1; run <= 2; run++) {
                RunningJob job = mesh.submit(config, run, savepoint);
                traffic.allow(run * EACH_RUN);
                traffic.awaitArrived(run * EACH_RUN - EACH_RUN / 2); // and more comes while it is stopped
                savepoint = Optional.of(job.stopWithSavepoint());
                assertThat(job.state()).isEqualTo(JobState.FINISHED);
            }
            traffic.awaitArrived(EVENTS);
            RunningJob last = mesh.submit(config, 1, savepoint);
            shop.awaitWritten(EVENTS, mesh.bootstrapServers());
            last.stopWithSavepoint();

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
            shop.awaitWritten(2_000, mesh.bootstrapServers());
            second.stopWithSavepoint();

            assertThat(shop.tallies(2_000, mesh.bootstrapServers())).isEqualTo(shop.perfect(2_000));
        }
    }
}
