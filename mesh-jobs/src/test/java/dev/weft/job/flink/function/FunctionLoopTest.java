package dev.weft.job.flink.function;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Messages around the loop of a real job: each is taken once, whatever happens to the job. */
class FunctionLoopTest {

    private static MiniCluster cluster;

    @TempDir
    Path folder;

    private Configuration settings;
    private Ring ring;

    @BeforeAll
    static void startCluster() throws Exception {
        cluster = LoopJob.cluster();
    }

    @AfterAll
    static void stopCluster() throws Exception {
        cluster.close();
    }

    @BeforeEach
    void makeRing(TestInfo test) {
        settings = LoopJob.settings(folder);
        ring = new Ring(test.getDisplayName() + test.getTestMethod(), 500);
    }

    @ParameterizedTest(name = "{0}, {1} subtasks")
    @CsvSource({"hashmap, 1", "hashmap, 2", "hashmap, 3", "rocksdb, 2"})
    void takesEachMessageOnceThoughTheJobFails(String backend, int parallelism) throws Exception {
        settings.set(StateBackendOptions.STATE_BACKEND, backend);
        ring.heard().failAt.add(20_000L);
        ring.heard().failAt.add(60_000L);
        LoopJob job = LoopJob.start(cluster, settings, parallelism, ring);
        saysTokens(400, 250);
        countsExactly(job, 400, 250);
        assertThat(ring.heard().failAt).isEmpty();
        job.cancels();
    }

    @Test
    void endsWhenItsInputEndsAndNoMessageIsOnItsWay() throws Exception {
        LoopJob job = LoopJob.start(cluster, settings, 3, ring);
        saysTokens(400, 250);
        Feed.of(ring.name()).end();
        job.ends(JobStatus.FINISHED);
        assertThat(ring.heard().done).hasValue(400);
    }

    private void saysTokens(int tokens, int hops) {
        Feed.of(ring.name()).say(ring.tokens(Ring.RING, tokens, hops));
    }

    /** Waits for all tokens to have gone around, and asks each id what it has counted. */
    private void countsExactly(LoopJob job, int tokens, int hops) throws Exception {
        job.awaits("all tokens", () -> ring.heard().done.get() == tokens);
        Feed.of(ring.name()).say(ring.questions());
        job.awaits("all answers", () -> ring.heard().counts.size() == ring.ids());
        assertThat(ring.heard().counts.values().stream()
                        .mapToLong(count -> count)
                        .sum())
                .isEqualTo((long) tokens * (hops + 1));
        assertThat(ring.heard().done).hasValue(tokens);
        assertThat(ring.heard().dead).hasValue(0);
    }
}
