package dev.weft.job.flink.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
        job.cancels();
    }

    @Test
    void takesEachMessageOnceWithUnalignedCheckpoints() throws Exception {
        settings.set(CheckpointingOptions.ENABLE_UNALIGNED, true);
        ring.heard().failAt.add(20_000L);
        ring.heard().failAt.add(60_000L);
        LoopJob job = LoopJob.start(cluster, settings, 2, ring);
        saysTokens(400, 250);
        countsExactly(job, 400, 250);
        job.cancels();
    }

    /** A call that is under way at a checkpoint is made again. */
    @Test
    void takesEachMessageOnceThoughTheJobFailsWhileFunctionsAreAtIt() throws Exception {
        ring = new Ring(ring.name(), 500, true);
        ring.heard().failAt.add(2_000L);
        ring.heard().failAt.add(6_000L);
        LoopJob job = LoopJob.start(cluster, settings, 2, ring);
        saysTokens(1_000, 10);
        countsExactly(job, 1_000, 10);
        job.cancels();
    }

    /** Aborted checkpoints let go of what waits for their logs. */
    @Test
    void goesOnThoughCheckpointsExpire() throws Exception {
        settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(20));
        settings.set(CheckpointingOptions.CHECKPOINTING_TIMEOUT, Duration.ofMillis(10));
        LoopJob job = LoopJob.start(cluster, settings, 2, ring);
        saysTokens(400, 250);
        job.awaits("checkpoints that expire", () -> job.failedCheckpoints() > 3);
        countsExactly(job, 400, 250);
        job.cancels();
    }

    @ParameterizedTest(name = "{0}, {1}")
    @CsvSource({"hashmap, CANONICAL", "rocksdb, NATIVE"})
    void takesMessagesAlongToAnotherNumberOfSubtasks(String backend, SavepointFormatType form) throws Exception {
        settings.set(StateBackendOptions.STATE_BACKEND, backend);
        LoopJob job = LoopJob.start(cluster, settings, 2, ring);
        saysTokens(400, 500);
        awaitsCalls(job, 20_000);
        String savepoint = job.stops(folder, false, form);
        assertThat(ring.heard().done).as("tokens that are through").hasValueLessThan(400);

        job = LoopJob.startFrom(cluster, settings, 3, ring, savepoint);
        awaitsCalls(job, ring.heard().calls.get() + 20_000);
        savepoint = job.stops(folder, false, form);

        job = LoopJob.startFrom(cluster, settings, 1, ring, savepoint);
        countsExactly(job, 400, 500);
        job.cancels();
    }

    /** Of each address to each other, messages come in the order in which they were sent. */
    @Test
    void keepsTheOrderOfTwoAddressesWhateverTheNumberOfSubtasks() throws Exception {
        LoopJob job = LoopJob.start(cluster, settings, 2, ring);
        ring.heard().failAt.add(10_000L);
        int rounds = 60;
        int perRound = 50;
        String savepoint = null;
        for (int subtasks : new int[] {3, 1, 2}) {
            Feed.of(ring.name()).say(ring.rounds(rounds, perRound));
            awaitsCalls(job, ring.heard().calls.get() + 30_000);
            savepoint = job.stops(folder, false, SavepointFormatType.CANONICAL);
            job = LoopJob.startFrom(cluster, settings, subtasks, ring, savepoint);
        }
        Map<String, Long> heard = ring.heard().last;
        job.awaits(
                "all numbers",
                () -> heard.size() == ring.ids()
                        && heard.values().stream().allMatch(last -> last == 3L * rounds * perRound));
        assertThat(ring.heard().gaps).hasValue(0);
        job.cancels();
    }

    @Test
    void sendsLaterWhatWasToBeSentLaterThoughTheJobWasStopped() throws Exception {
        LoopJob job = LoopJob.start(cluster, settings, 2, ring);
        Feed.of(ring.name()).say(ring.tokens(Ring.LATER, 400, 20));
        awaitsCalls(job, 2_000);
        String savepoint = job.stops(folder, true, SavepointFormatType.CANONICAL);
        ring.heard().failAt.add(ring.heard().messages.get() + 2_000);
        LoopJob next = LoopJob.startFrom(cluster, settings, 3, ring, savepoint);
        next.awaits("all tokens", () -> ring.heard().done.get() == 400);
        next.cancels();
    }

    @Test
    void putsMessagesOnDiskThatDoNotFitIntoMemory() throws Exception {
        ring.heard().failAt.add(60_000L);
        LoopJob job = LoopJob.start(cluster, settings, 2, ring, 64 << 10, 64 << 20, null);
        saysTokens(4_000, 25);
        countsExactly(job, 4_000, 25);
        job.cancels();
    }

    /** Two messages for each are too many for any disk. */
    @Test
    void writesToTheDeadLetterWhatThereIsNoRoomFor() throws Exception {
        LoopJob job = LoopJob.start(cluster, settings, 2, ring, 1 << 20, 1 << 20, null);
        Feed.of(ring.name()).say(ring.tokens(Ring.MORE, 100, 1));
        job.awaits("dead letters", () -> ring.heard().dead.get() > 10_000);
        long before = job.checkpoints();
        job.awaits("checkpoints", () -> job.checkpoints() > before + 2);
        job.cancels();
    }

    @ParameterizedTest(name = "{0} subtasks")
    @ValueSource(ints = {1, 2})
    void takesEventsAndCheckpointsWhileFunctionsSendToThemselvesForEver(int parallelism) throws Exception {
        LoopJob job = LoopJob.start(cluster, settings, parallelism, ring);
        Feed.of(ring.name()).say(ring.tokens(Ring.EVER, 1_000, 1));
        awaitsCalls(job, 10_000);
        long before = job.checkpoints();
        job.awaits("checkpoints", () -> job.checkpoints() > before + 2);
        saysTokens(400, 5);
        countsExactly(job, 400, 5);
        job.cancels();
    }

    private void awaitsCalls(LoopJob job, long calls) throws Exception {
        job.awaits(calls + " calls", () -> ring.heard().calls.get() >= calls);
    }

    @Test
    void endsWhenItsInputEndsAndNoMessageIsOnItsWay() throws Exception {
        LoopJob job = LoopJob.start(cluster, settings, 3, ring);
        saysTokens(400, 250);
        Feed.of(ring.name()).end();
        job.ends(JobStatus.FINISHED);
        assertThat(ring.heard().done).hasValue(400);
    }

    @Test
    void refusesCheckpointsAndTimersThatItIsNotSafeWith() {
        settings.set(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.AT_LEAST_ONCE);
        assertThatThrownBy(() -> LoopJob.start(cluster, settings, 2, ring))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found at-least-once checkpoints, expected exactly-once ones");

        settings.set(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.EXACTLY_ONCE);
        settings.set(FunctionOperator.TIMERS_IN_ROCKSDB, "HEAP");
        assertThatThrownBy(() -> LoopJob.start(cluster, settings, 2, ring))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found state.backend.rocksdb.timer-service.factory: HEAP, expected ROCKSDB");
    }

    private void saysTokens(int tokens, int hops) {
        Feed.of(ring.name()).say(ring.tokens(Ring.RING, tokens, hops));
    }

    /**
     * Waits for all tokens to have gone around, and asks each id what it has counted. A failure later than that would
     * have tokens go around again, and questions overtake them.
     */
    private void countsExactly(LoopJob job, int tokens, int hops) throws Exception {
        job.awaits("all tokens", () -> ring.heard().done.get() == tokens);
        assertThat(ring.heard().failAt).isEmpty();
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
