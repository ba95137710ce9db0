package dev.weft.scale.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.scale.Decision.Verdict;
import dev.weft.scale.JobReading.Phase;
import dev.weft.scale.PolicySettings.Consumer;
import dev.weft.scale.control.ScaledQueue.Order.SetParallelism;
import dev.weft.scale.control.ScaledQueue.Order.TriggerCheckpoint;
import dev.weft.scale.control.ScaledQueue.Step;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

class ScaledQueueTest {

    private final Story story = new Story(Triggers.of(Consumer.FLINK_ADAPTIVE));

    // What is not known

    @ParameterizedTest
    @EnumSource
    void saysNothingBeforeItKnowsRates(Consumer consumer) {
        Story any = new Story(Triggers.of(consumer));
        assertThat(any.look().answer()).isInstanceOf(Answer.Unknown.class);
    }

    @Test
    void looksAgainSoonAtTheBeginning() {
        assertThat(story.look().look().queue()).isLessThanOrEqualTo(Duration.ofSeconds(2));
        story.now = story.now.plusSeconds(2);
        assertThat(story.look().answer()).isEqualTo(wanted(1));
    }

    @Test
    void saysNothingOfAJobItHasNeverRead() {
        story.jobAnswers = false;
        assertThat(reason(story.after(Duration.ofMinutes(5)))).contains("never been read", "connection refused");
    }

    @Test
    void doesNotTakeTheSizeOfAJobThatJustRestarts() {
        story.phase = Phase.RESTARTING;
        story.parallelism = 0;
        assertThat(reason(story.after(Duration.ofMinutes(1)))).contains("restarts");
        story.runsWith(4);
        assertThat(story.look().answer()).isEqualTo(wanted(4));
    }

    @Test
    void repeatsItsAnswerForTwoPollsAndThenHasNone() {
        story.after(Duration.ofSeconds(30));
        story.queueAnswers = false;
        story.now = story.now.plusSeconds(10);
        assertThat(story.look().answer()).isEqualTo(wanted(1));
        story.now = story.now.plusSeconds(10);
        assertThat(story.look().answer()).isEqualTo(wanted(1));
        story.now = story.now.plusSeconds(1);
        assertThat(reason(story.look())).contains("the broker is away");
    }

    @Test
    void aSleeperIsNotCalledAwakeNorAsleepWhileTheBrokerIsAway() {
        putToSleep();
        story.queueAnswers = false;
        assertThat(story.after(Duration.ofMinutes(10)).answer()).isInstanceOf(Answer.Unknown.class);
        story.queueAnswers = true;
        assertThat(story.after(Duration.ofSeconds(5)).answer()).matches(ScaledQueueTest::isNone);
    }

    @Test
    void theMetricKeepsItsValueUntilAllReplicasEndAtOnce() {
        putToSleep();

        assertThat(story.look().answer()).isEqualTo(new Answer.Wanted(false, 0, 1));
    }

    @Test
    void withoutTheJobNothingIsOrderedAndNothingTakenAway() {
        story.runsWith(2);
        story.after(Duration.ofSeconds(30));
        story.jobAnswers = false;
        Step step = story.after(Duration.ofMinutes(30));
        assertThat(step.answer()).isEqualTo(wanted(2));
        assertThat(step.orders()).noneMatch(ScaledQueueTest::isForTheJob);
        assertThat(step.decision()).isPresent();
    }

    // After nobody looked

    @Test
    void staysActiveForItsIdleWindowAfterAnOutage() {
        story.after(Duration.ofSeconds(30));
        story.queueAnswers = false;
        story.after(Duration.ofMinutes(20));
        story.queueAnswers = true;
        story.look();
        for (int seconds = 0; seconds < 50; seconds += 5) {
            story.checkpointCompletes();
            story.now = story.now.plusSeconds(5);
            assertThat(story.look().answer()).as("after %d s", seconds).isEqualTo(wanted(1));
        }
    }

    @Test
    void replicasThatKedaStartedDuringAnOutageAreSettledToo() {
        putToSleep();
        story.queueAnswers = false;
        story.after(Duration.ofMinutes(5));
        story.queueAnswers = true;
        story.runsWith(4);
        assertThat(story.after(Duration.ofSeconds(10)).answer()).isEqualTo(wanted(4));
        assertThat(sleepsWithin(Duration.ofMinutes(3))).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"FLINK_ADAPTIVE", "GROUP"})
    void aRestartOfTheScalerChangesNoAnswer(Consumer consumer) {
        Story any = new Story(Triggers.of(consumer));
        any.written(100);
        Answer before = any.after(Duration.ofSeconds(60)).answer();
        any.restart();
        any.now = any.now.plusSeconds(10);
        assertThat(any.look().answer()).isEqualTo(before);
    }

    @Test
    void afterALongAbsenceTheFirstLookSaysNothing() {
        story.after(Duration.ofSeconds(30));
        story.restart();
        story.now = story.now.plusSeconds(3600);
        assertThat(story.look().answer()).isInstanceOf(Answer.Unknown.class);
        story.now = story.now.plusSeconds(2);
        assertThat(story.look().answer()).isEqualTo(wanted(1));
    }

    @Test
    void aRestartOfTheScalerDoesNotWakeASleeper() {
        putToSleep();
        story.restart();
        story.now = story.now.plusSeconds(3600);
        assertThat(story.after(Duration.ofSeconds(5)).answer()).matches(ScaledQueueTest::isNone);
    }

    @ParameterizedTest(name = "by {0} s")
    @ValueSource(longs = {-86_400, -30, 30, 86_400})
    void aClockThatJumpsEndsNobody(long seconds) {
        story.after(Duration.ofSeconds(30));
        story.clockJumps(seconds);
        assertThat(story.look().answer()).isEqualTo(wanted(1));
        for (int i = 0; i < 9; i++) {
            story.now = story.now.plusSeconds(5);
            story.checkpointCompletes();
            assertThat(story.look().answer()).isEqualTo(wanted(1));
        }
        assertThat(sleepsWithin(Duration.ofMinutes(5))).isTrue();
    }

    // To none and back

    @Test
    void sleepsOnlyBehindACheckpoint() {
        story.after(Duration.ofSeconds(30));
        assertThat(story.after(Duration.ofHours(1)).answer()).isEqualTo(wanted(1));
        assertThat(story.look().decision().orElseThrow().verdict()).isEqualTo(Verdict.SETTLING);
        assertThat(sleepsWithin(Duration.ofSeconds(75))).isTrue();
    }

    @Test
    void asksForTheCheckpointOnceAndAgainAfterAMinute() {
        story.after(Duration.ofSeconds(5));
        while (!story.orders.contains(new TriggerCheckpoint())) {
            story.now = story.now.plusSeconds(2);
            story.look();
        }
        int asked = 0;
        for (int i = 0; i < 100; i++) {
            story.now = story.now.plusSeconds(1);
            story.look();
            asked += story.orders.contains(new TriggerCheckpoint()) ? 1 : 0;
        }
        assertThat(asked).isEqualTo(1);
    }

    @Test
    void asksAgainAtOnceWhenTheCheckpointHadBegunTooEarly() {
        story.after(Duration.ofSeconds(5));
        while (!story.orders.contains(new TriggerCheckpoint())) {
            story.now = story.now.plusSeconds(2);
            story.look();
        }
        story.checkpointCompletes();
        story.now = story.now.plusSeconds(2);
        story.look();
        assertThat(story.orders).contains(new TriggerCheckpoint());
    }

    @Test
    void aRecordWhileItSettlesKeepsItAwake() {
        story.after(Duration.ofMinutes(2));
        story.written(1);
        story.checkpointCompletes();
        story.now = story.now.plusSeconds(2);
        assertThat(story.look().answer()).isEqualTo(wanted(1));
        story.checkpointCompletes();
        story.now = story.now.plusSeconds(2);
        assertThat(story.look().answer()).isEqualTo(wanted(1));
    }

    @Test
    void theFirstRecordWakesItAtTheNextLookWhichIsSoon() {
        putToSleep();
        assertThat(story.look().look().queue()).isLessThanOrEqualTo(Duration.ofMillis(500));
        story.now = story.now.plusMillis(500);
        story.written(1);
        Step step = story.look();
        assertThat(step.answer()).isEqualTo(wanted(1));
        assertThat(step.decision().orElseThrow().verdict()).isEqualTo(Verdict.WAKE);
    }

    @Test
    void aBurstWakesItStraightToItsSize() {
        putToSleep();
        story.now = story.now.plusMillis(500);
        story.written(20_000);
        Step step = story.look();
        assertThat(((Answer.Wanted) step.answer()).replicas()).isGreaterThan(4);
        assertThat(step.orders()).contains(new SetParallelism(((Answer.Wanted) step.answer()).replicas()));
    }

    @Test
    void wakesThoughTheJobCannotBeAskedAndTellsItLater() {
        putToSleep();
        story.jobAnswers = false;
        story.now = story.now.plusMillis(500);
        story.written(20_000);
        Step step = story.look();
        assertThat(((Answer.Wanted) step.answer()).active()).isTrue();
        assertThat(step.orders()).noneMatch(ScaledQueueTest::isForTheJob);
        story.jobAnswers = true;
        story.now = story.now.plusSeconds(2);
        assertThat(story.look().orders()).anyMatch(SetParallelism.class::isInstance);
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "FLINK_ADAPTIVE")
    void onlyAnAdaptiveJobIsTold(Consumer consumer) {
        Story any = new Story(Triggers.of(consumer));
        any.written(50_000);
        any.after(Duration.ofMinutes(3));
        assertThat(any.orders).noneMatch(SetParallelism.class::isInstance);
    }

    @Test
    void theOperatorsDeploymentIsNeverEnded() {
        Story operated = new Story(Triggers.of(Consumer.FLINK_OPERATOR));
        operated.after(Duration.ofSeconds(5));
        for (int i = 0; i < 100; i++) {
            operated.now = operated.now.plusSeconds(30);
            operated.checkpointCompletes();
            assertThat(operated.look().answer()).matches(each -> !isNone(each));
        }
    }

    @Test
    void aGroupSleepsWithoutCheckpoints() {
        Story group = new Story(Triggers.of(Consumer.GROUP));
        group.after(Duration.ofSeconds(30));
        assertThat(group.after(Duration.ofMinutes(2)).answer()).matches(ScaledQueueTest::isNone);
    }

    // What changes around it

    @Test
    void morePartitionsAreNoOutageAndNoLoad() {
        story.written(1_000);
        story.allTaken();
        story.after(Duration.ofSeconds(30));
        story.partitions = 16;
        story.now = story.now.plusSeconds(10);
        assertThat(story.look().answer()).isEqualTo(wanted(1));
        story.now = story.now.plusSeconds(10);
        assertThat(story.look().answer()).isEqualTo(wanted(1));
    }

    @Test
    void aJobThatTookThePlaceOfAnotherIsTakenAsItIs() {
        story.after(Duration.ofSeconds(60));
        story.job = "b2";
        story.checkpoint = 0;
        story.runsWith(4);
        story.now = story.now.plusSeconds(10);
        assertThat(story.look().answer()).isEqualTo(wanted(4));
    }

    @Test
    void aJobThatTookThePlaceOfAnotherIsNotMeasuredWhileItStarts() {
        story.after(Duration.ofSeconds(60));
        story.job = "b2";
        story.phase = Phase.RESTARTING;
        story.parallelism = 0;
        story.now = story.now.plusSeconds(10);
        assertThat(story.look().answer()).isEqualTo(wanted(1));
    }

    // What is remembered

    @Test
    void whatWasRememberedOfAnotherQueueIsOfNoUse() {
        story.after(Duration.ofSeconds(60));
        Trigger other = Triggers.named("payments", Consumer.FLINK_ADAPTIVE, Triggers.POLL);
        assertThat(ScaledQueue.restored(other, story.remembered()).remembered())
                .isEqualTo(new ScaledQueue(other).remembered());
    }

    @Test
    void whatWasRememberedComesBackAsItWas() {
        story.written(500);
        story.after(Duration.ofSeconds(60));
        byte[] remembered = story.remembered();
        story.restart();
        assertThat(story.remembered()).asString().isEqualTo(new String(remembered, StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[1", "{\"version\":2}", "null", "{\"version\":1}"})
    void whatIsNoMemoryIsRefused(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Trigger trigger = Triggers.of(Consumer.GROUP);
        if (text.contains("\"version\":1")) {
            assertThat(ScaledQueue.restored(trigger, bytes).remembered())
                    .isEqualTo(new ScaledQueue(trigger).remembered());
        } else {
            assertThatThrownBy(() -> ScaledQueue.restored(trigger, bytes))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("found a memory");
        }
    }

    private static boolean isNone(Answer answer) {
        return answer instanceof Answer.Wanted wanted && !wanted.active() && wanted.replicas() == 0;
    }

    private void putToSleep() {
        story.after(Duration.ofSeconds(5));
        assertThat(sleepsWithin(Duration.ofMinutes(3))).isTrue();
        story.sleeps();
        story.after(Duration.ofSeconds(30));
    }

    private boolean sleepsWithin(Duration bound) {
        for (int seconds = 0; seconds < bound.toSeconds(); seconds += 2) {
            story.now = story.now.plusSeconds(2);
            if (isNone(story.look().answer())) {
                return true;
            }
            if (story.orders.contains(new TriggerCheckpoint())) {
                story.checkpointCompletes();
            }
        }
        return false;
    }

    private static boolean isForTheJob(ScaledQueue.Order order) {
        return order instanceof SetParallelism || order instanceof TriggerCheckpoint;
    }

    private static Answer wanted(int replicas) {
        return new Answer.Wanted(true, replicas);
    }

    private static String reason(Step step) {
        assertThat(step.answer()).isInstanceOf(Answer.Unknown.class);
        return ((Answer.Unknown) step.answer()).reason();
    }
}
