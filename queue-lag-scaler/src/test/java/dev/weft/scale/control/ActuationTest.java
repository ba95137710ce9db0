package dev.weft.scale.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.scale.Decision;
import dev.weft.scale.Decision.Verdict;
import dev.weft.scale.JobReading;
import dev.weft.scale.JobReading.Phase;
import dev.weft.scale.PolicySettings;
import dev.weft.scale.PolicySettings.Consumer;
import dev.weft.scale.control.Actuation.Course;
import dev.weft.scale.control.ScaledQueue.Order.SetParallelism;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class ActuationTest {

    private static final PolicySettings ADAPTIVE = Triggers.settings(Consumer.FLINK_ADAPTIVE, Triggers.POLL);
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private Actuation actuation = new Actuation(4, 4, Optional.empty(), Optional.empty());
    private Instant now = NOON;

    @Test
    void upTellsTheJobAndKedaAtOnce() {
        Course course = towards(8, runs(4, 4));
        assertThat(course.orders()).containsExactly(new SetParallelism(8));
        assertThat(course.now().replicas()).isEqualTo(8);
    }

    @Test
    void downTellsTheJobAndKedaWhenTheJobRunsWithIt() {
        Course told = towards(2, runs(4, 4));
        assertThat(told.orders()).containsExactly(new SetParallelism(2));
        assertThat(told.now().replicas()).isEqualTo(4);
        assertThat(told.waits()).hasValueSatisfying(words -> assertThat(words).contains("4", "2"));
        assertThat(towards(2, restarts(2)).now().replicas()).isEqualTo(4);
        assertThat(towards(2, runs(2, 2)).now().replicas()).isEqualTo(2);
    }

    @Test
    void downWaitsWhileTheJobCannotBeAsked() {
        assertThat(towards(2, Optional.empty()).now().replicas()).isEqualTo(4);
        assertThat(towards(2, Optional.empty()).orders()).isEmpty();
    }

    @Test
    void upDoesNotWaitForAJobThatCannotBeAsked() {
        assertThat(towards(8, Optional.empty()).now().replicas()).isEqualTo(8);
        assertThat(towards(8, runs(4, 4)).orders()).containsExactly(new SetParallelism(8));
    }

    @Test
    void anOrderThatWasLostIsGivenAgainNotAtOnce() {
        towards(8, runs(4, 4));
        assertThat(later(10, 8, runs(4, 4)).orders()).isEmpty();
        assertThat(later(10, 8, runs(4, 4)).orders()).containsExactly(new SetParallelism(8));
        assertThat(later(10, 8, runs(4, 8)).orders()).isEmpty();
    }

    @Test
    void aBoundSomebodyElseSetIsSetRight() {
        assertThat(towards(4, runs(4, 128)).orders()).containsExactly(new SetParallelism(4));
    }

    @Test
    void aJobThatDoesNotTellItsBoundIsJudgedByWhatItRunsWith() {
        assertThat(towards(4, runs(4, 0)).orders()).isEmpty();
        assertThat(towards(8, runs(4, 0)).orders()).containsExactly(new SetParallelism(8));
    }

    @Test
    void aChangeInFlightBlocksTheNext() {
        towards(8, runs(4, 4));
        assertThat(later(10, 2, runs(4, 8)).now().parallelism()).isEqualTo(8);
        assertThat(later(10, 2, restarts(8)).now().parallelism()).isEqualTo(8);
        assertThat(later(10, 2, runs(8, 8)).orders()).containsExactly(new SetParallelism(2));
    }

    @Test
    void aChangeThatNeverComesBlocksNothingForEver() {
        towards(8, runs(4, 4));
        assertThat(later(240, 2, runs(6, 8)).now().parallelism()).isEqualTo(2);
    }

    @Test
    void aClockSetBackBlocksNothingForEver() {
        towards(8, runs(4, 4));
        assertThat(later(-86_400, 2, runs(6, 8)).now().parallelism()).isEqualTo(2);
    }

    @Test
    void aJobThatHasNoTaskManagerYetMayBeAskedForMore() {
        actuation = Actuation.NONE;
        assertThat(towards(2, waits(4)).now().replicas()).isEqualTo(2);
        Course more = later(5, 6, waits(2));
        assertThat(more.orders()).containsExactly(new SetParallelism(6));
        assertThat(more.now().replicas()).isEqualTo(6);
    }

    @Test
    void fromNothingItGoesStraightToTheSize() {
        actuation = Actuation.NONE;
        assertThat(towards(6, waits(6)).now().replicas()).isEqualTo(6);
    }

    @Test
    void anEndedJobIsToldNothing() {
        assertThat(towards(8, reading(Phase.ENDED, 0, 4)).orders()).isEmpty();
    }

    @Test
    void replicasAreSlotsRoundedUp() {
        PolicySettings twoSlots = new PolicySettings(
                Consumer.FLINK_ADAPTIVE,
                ADAPTIVE.slo(),
                0.8,
                1,
                8,
                2,
                100,
                ADAPTIVE.idleAfter(),
                true,
                ADAPTIVE.downWindow(),
                ADAPTIVE.benefitHorizon(),
                ADAPTIVE.steadyFor(),
                ADAPTIVE.poll());
        Course course = Actuation.NONE.towards(decision(7), waits(7), twoSlots, now);
        assertThat(course.now().replicas()).isEqualTo(4);
        assertThat(course.now().parallelism()).isEqualTo(7);
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "FLINK_ADAPTIVE")
    void onlyReplicasAreToldToTheOthers(Consumer consumer) {
        PolicySettings settings = Triggers.settings(consumer, Triggers.POLL);
        Course down = actuation.towards(decision(2), runs(4, 4), settings, now);
        assertThat(down.orders()).isEmpty();
        assertThat(down.now().replicas()).isEqualTo(2);
    }

    private Course towards(int parallelism, Optional<JobReading> job) {
        Course course = actuation.towards(decision(parallelism), job, ADAPTIVE, now);
        actuation = course.now();
        return course;
    }

    private Course later(int seconds, int parallelism, Optional<JobReading> job) {
        now = now.plusSeconds(seconds);
        return towards(parallelism, job);
    }

    private static Decision decision(int parallelism) {
        return new Decision(
                NOON, Verdict.HOLD, parallelism > 0, parallelism, parallelism, 0, 0, 100, List.of("so"), List.of());
    }

    private static Optional<JobReading> runs(int parallelism, int upperBound) {
        return reading(Phase.RUNNING, parallelism, upperBound);
    }

    private static Optional<JobReading> restarts(int upperBound) {
        return reading(Phase.RESTARTING, 0, upperBound);
    }

    private static Optional<JobReading> waits(int upperBound) {
        return reading(Phase.WAITING, 0, upperBound);
    }

    private static Optional<JobReading> reading(Phase phase, int parallelism, int upperBound) {
        return Optional.of(new JobReading(
                phase,
                parallelism,
                phase == Phase.RUNNING ? Optional.of(NOON) : Optional.empty(),
                0,
                0,
                0,
                false,
                Optional.empty(),
                0,
                Duration.ofSeconds(30),
                upperBound));
    }
}
