package dev.weft.scale;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.scale.Decision.Alarm;
import dev.weft.scale.Decision.Verdict;
import dev.weft.scale.JobReading.Phase;
import dev.weft.scale.LagPolicy.Judgement;
import dev.weft.scale.PolicySettings.Consumer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class LagPolicyTest {

    @ParameterizedTest
    @CsvSource({"1, 1", "3, 3", "5, 6", "12, 12", "40, 12"})
    void firstLookTakesTheSizeItFinds(int found, int wanted) {
        Decision decision = last(Seen.at(0).doing(Phase.RUNNING, found, -600));

        assertThat(decision.parallelism()).isEqualTo(wanted);
        assertThat(decision.active()).isTrue();
    }

    static Stream<Arguments> whatIsNoReasonToGrow() {
        return Stream.of(
                Arguments.of("a slow target", overloaded(10).limitedByTarget()),
                Arguments.of("a restart", overloaded(10).doing(Phase.RESTARTING, 3, 0)),
                Arguments.of("a job that ended", overloaded(10).doing(Phase.ENDED, 3, 0)),
                Arguments.of("a job nobody can ask", overloaded(10).withoutJob(Optional.of(3))),
                Arguments.of(
                        "lag reckoned from old commits",
                        overloaded(10).coming(180).reckoned().checkpointed(10, 0, 9)));
    }

    @ParameterizedTest(name = "{0} is no reason to grow")
    @MethodSource
    void whatIsNoReasonToGrow(String name, Seen seen) {
        assertThat(last(Seen.at(0), Seen.at(5), seen).verdict()).as(name).isEqualTo(Verdict.HOLD);
    }

    @Test
    void growsOnceWhatWaitsWouldBeLate() {
        Decision decision = last(Seen.at(0), overloaded(10));

        assertThat(decision.verdict()).isEqualTo(Verdict.UP);
        assertThat(decision.parallelism()).isEqualTo(12);
        assertThat(decision.because().get(0)).contains("100000 wait", "over the limit of 60 s");
    }

    @Test
    void changesNothingWhileAChangeIsUnderWay() {
        assertThat(last(
                                Seen.at(0),
                                overloaded(10),
                                overloaded(15),
                                overloaded(60).waiting(200_000, 200))
                        .verdict())
                .isEqualTo(Verdict.HOLD);
    }

    @ParameterizedTest(name = "a checkpoint {0} s after the restart: {1}")
    @CsvSource({"-1, HOLD", "1, UP"})
    void waitsForACheckpointBetweenTwoChanges(int completed, Verdict verdict) {
        Seen worse = Seen.at(150)
                .coming(1_100)
                .waiting(100_000, 80)
                .draining(400, 1)
                .doing(Phase.RUNNING, 4, 60)
                .checkpointed(11, 60 + completed, 0);

        assertThat(last(behind(0), behind(5), behind(10), worse).verdict()).isEqualTo(verdict);
    }

    @Test
    void wakesStraightToTheNeededSize() {
        Decision decision = last(asleep(0), asleep(5).waiting(9_000, 5).coming(1_000));

        assertThat(decision.verdict()).isEqualTo(Verdict.WAKE);
        assertThat(decision.parallelism()).isEqualTo(12);
    }

    @Test
    void asksForMoreAsLongAsNothingRuns() {
        Decision decision = last(
                asleep(0),
                asleep(5).waiting(50, 1).coming(10),
                asleep(10).waiting(5_000, 6).coming(800));

        assertThat(decision.verdict()).isEqualTo(Verdict.UP);
        assertThat(decision.parallelism()).isEqualTo(12);
    }

    @Test
    void sleepsOnWhileNothingWaits() {
        Decision decision = last(asleep(0), asleep(5));

        assertThat(decision.active()).isFalse();
        assertThat(decision.replicas()).isZero();
    }

    @ParameterizedTest(name = "checkpoint {0} after 10 and {1} failed ones: still active {2}")
    @CsvSource({"10, 0, true", "11, 0, true", "12, 0, false", "12, 2, true", "13, 2, true", "14, 2, false"})
    void endsOnlyBehindACheckpointThatBeganInSilence(long checkpoint, int failed, boolean active) {
        Stream<Seen> quiet = IntStream.rangeClosed(1, 14)
                .mapToObj(i -> Seen.at(10 * i)
                        .quietSince(5)
                        .checkpointed(i < 8 ? 10 : checkpoint, 10 * i - 1, i < 8 ? failed : 0));

        Decision decision = last(quiet.toArray(Seen[]::new));

        assertThat(decision.active()).isEqualTo(active);
        assertThat(decision.verdict()).isEqualTo(active ? Verdict.SETTLING : Verdict.HOLD);
    }

    @Test
    void silenceBeginsAnewAfterATimeWithoutLooks() {
        Stream<Seen> quiet = Stream.of(1, 2, 3, 4, 50, 51, 52)
                .map(i -> Seen.at(10 * i).quietSince(5).checkpointed(10 + i, 10 * i - 1, 0));

        assertThat(last(quiet.toArray(Seen[]::new)).active()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void someConsumersNeverSleep(Consumer consumer) {
        PolicySettings settings = settings(consumer, consumer == Consumer.FLINK_OPERATOR);
        Seen[] quiet = IntStream.rangeClosed(1, 40)
                .mapToObj(i -> Seen.at(10 * i).quietSince(5).checkpointed(10 + i, 10 * i - 1, 0))
                .toArray(Seen[]::new);

        assertThat(last(settings, quiet).active()).isTrue();
    }

    @Test
    void groupIsSizedByWhatItDrainsWithABacklog() {
        var policy = new LagPolicy(settings(Consumer.GROUP, true));
        Memory memory = Memory.empty();
        Decision largest = policy.judge(memory, backlogged(0).observation()).decision();
        for (int second = 0; second <= 60; second += 5) {
            Judgement judgement = policy.judge(memory, backlogged(second).observation());
            memory = judgement.memory();
            largest = judgement.decision().verdict() == Verdict.UP ? judgement.decision() : largest;
        }

        assertThat(largest.verdict()).isEqualTo(Verdict.UP);
        assertThat(largest.capacityPerSubtask()).isEqualTo(100);
        assertThat(largest.parallelism()).isEqualTo(12);
    }

    @Test
    void largerSizeThatDrainsNoMoreIsGivenUp() {
        ModelJob job = new ModelJob(ModelJob.settings(), 3).given(t -> 400).drainingInAll(300);

        job.run(900);

        assertThat(job.changes()).extracting(Decision::verdict).containsSubsequence(Verdict.UP, Verdict.DOWN);
        assertThat(job.running()).isEqualTo(3);
        assertThat(job.decisions().get(job.decisions().size() - 1).alarms())
                .extracting(Alarm::kind)
                .contains(Alarm.Kind.INEFFECTIVE);
    }

    @ParameterizedTest
    @CsvSource({"2, 24", "3, 36", "4, 48"})
    void replicasHoldSlots(int slots, int room) {
        PolicySettings settings = new PolicySettings(
                Consumer.FLINK_ADAPTIVE,
                Duration.ofSeconds(60),
                0.8,
                1,
                12,
                slots,
                100,
                Duration.ofSeconds(60),
                true,
                Duration.ofSeconds(180),
                Duration.ofMinutes(10),
                Duration.ofSeconds(60),
                Duration.ofSeconds(5));

        Decision decision = last(settings, Seen.at(0), overloaded(10), overloaded(15));

        assertThat(decision.parallelism()).isEqualTo(12);
        assertThat(decision.replicas()).isEqualTo((12 + slots - 1) / slots);
        assertThat(decision.replicas() * slots).isLessThan(room);
    }

    private static Seen overloaded(int second) {
        return Seen.at(second).waiting(100_000, 100).coming(900).draining(300, 1);
    }

    /** Four subtasks would do. */
    private static Seen behind(int second) {
        return Seen.at(second).coming(330).waiting(10_000, 30).draining(300, 1);
    }

    private static Seen backlogged(int second) {
        return Seen.at(second)
                .waiting(60_000 + 180.0 * second, 60)
                .coming(480)
                .draining(300, 0)
                .withoutJob(Optional.of(3));
    }

    private static Seen asleep(int second) {
        return Seen.at(second).quietSince(-100).doing(Phase.WAITING, 0, 0);
    }

    private static PolicySettings settings(Consumer consumer, boolean toZero) {
        return new PolicySettings(
                consumer,
                Duration.ofSeconds(60),
                0.8,
                1,
                12,
                1,
                100,
                Duration.ofSeconds(60),
                toZero,
                Duration.ofSeconds(180),
                Duration.ofMinutes(10),
                Duration.ofSeconds(60),
                Duration.ofSeconds(5));
    }

    private static Decision last(Seen... all) {
        return last(settings(Consumer.FLINK_ADAPTIVE, true), all);
    }

    private static Decision last(PolicySettings settings, Seen... all) {
        var policy = new LagPolicy(settings);
        Memory memory = Memory.empty();
        Decision decision = policy.judge(memory, all[0].observation()).decision();
        for (Seen each : List.of(all)) {
            Judgement judgement = policy.judge(memory, each.observation());
            memory = judgement.memory();
            decision = judgement.decision();
        }
        return decision;
    }
}
