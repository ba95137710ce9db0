package dev.weft.scale.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.scale.PolicySettings.Consumer;
import dev.weft.scale.control.ScaledQueue.Order.MarkPods;
import dev.weft.scale.control.ScaledQueue.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class MarkingTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Set<String> TWO = FakePods.first(2);
    private static final Set<String> THREE = FakePods.first(3);

    private final Story story = new Story(Triggers.of(Consumer.FLINK_ADAPTIVE));
    private Marking marking = Marking.NOT;
    private Instant now = NOON;

    // Fewer replicas

    @Test
    void fewerReplicasAreToldAtTheLookAfterKubernetesWas() {
        story.marks = Marks.UNCHANGED;
        story.runsWith(4);
        Step seen = story.shrinks();
        assertThat(story.parallelism).isOne();
        assertThat(seen.orders()).contains(new MarkPods(FakePods.first(1)));
        assertThat(seen.answer()).isEqualTo(new Answer.Wanted(true, 4));
        assertThat(seen.decision().orElseThrow().because())
                .contains("Kubernetes is told first which TaskManagers run no task; replicas stay at 4");
        story.now = story.now.plusMillis(200);
        assertThat(story.look().answer()).isEqualTo(new Answer.Wanted(true, 1));
    }

    @Test
    void fewerReplicasAreToldAfterHalfAMinuteIfKubernetesCannotBe() {
        story.marks = Marks.UNCHANGED;
        story.kubernetesAnswers = false;
        story.runsWith(4);
        story.shrinks();
        assertThat(story.after(Duration.ofSeconds(28)).answer()).isEqualTo(new Answer.Wanted(true, 4));
        assertThat(story.after(Duration.ofSeconds(4)).answer()).isEqualTo(new Answer.Wanted(true, 1));
    }

    @Test
    void whereNobodyMarksPodsFewerReplicasAreToldAtOnce() {
        story.runsWith(4);
        assertThat(story.shrinks().answer()).isEqualTo(new Answer.Wanted(true, 1));
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "FLINK_ADAPTIVE")
    void otherConsumersHaveNoPodsWithoutTasks(Consumer consumer) {
        Story any = new Story(Triggers.of(consumer));
        any.marks = Marks.UNCHANGED;
        any.written(50_000);
        any.after(Duration.ofMinutes(3));
        assertThat(any.orders).noneMatch(MarkPods.class::isInstance);
    }

    @Test
    void whatWasMarkedBeforeReplicasWereToBeFewerDoesNotCount() {
        marked(TWO);
        shrinks(TWO);
        assertThat(marking.isAwaited()).isTrue();
        assertThat(marking.isOrdered(now)).isTrue();
    }

    @Test
    void whatWasMarkedByOtherTaskManagersDoesNotCount() {
        shrinks(TWO);
        later(1);
        marking = marking.next(Optional.of(THREE), TWO, true, now);
        assertThat(marking.isAwaited()).isTrue();
        later(1);
        marking = marking.next(Optional.of(TWO), TWO, true, now);
        assertThat(marking.isAwaited()).isFalse();
    }

    @Test
    void whatIsAwaitedIsOrderedAgainAndGivenUpInTheEnd() {
        shrinks(TWO);
        int ordered = 0;
        for (int second = 1; second < 30; second++) {
            later(1);
            shrinks(TWO);
            ordered += marking.isOrdered(now) ? 1 : 0;
            assertThat(marking.isAwaited()).as("after %d s", second).isTrue();
        }
        assertThat(ordered).isEqualTo(2);
        later(1);
        shrinks(TWO);
        assertThat(marking.isAwaited()).isFalse();
    }

    @Test
    void aClockThatIsSetBackKeepsNobodyWaiting() {
        shrinks(TWO);
        later(-3_600);
        shrinks(TWO);
        assertThat(marking.isAwaited()).isFalse();
    }

    @Test
    void aJobThatRunsNoTaskKeepsNobodyWaiting() {
        shrinks(Set.of());
        assertThat(marking.isAwaited()).isFalse();
        assertThat(marking.isOrdered(now)).isFalse();
    }

    // After restarts

    @Test
    void aTaskManagerThatHasTasksAgainIsMarkedThoughNothingShrinks() {
        marked(TWO);
        later(60);
        runs(TWO);
        assertThat(marking.isOrdered(now)).isFalse();
        later(60);
        runs(THREE);
        assertThat(marking.isOrdered(now)).isTrue();
        later(1);
        runs(THREE);
        assertThat(marking.isOrdered(now)).isFalse();
        assertThat(marking.isAwaited()).isFalse();
    }

    @Test
    void kubernetesIsNotAskedWithEveryLookWhileItDoesNotAnswer() {
        int ordered = 0;
        for (int second = 0; second < 60; second++) {
            runs(TWO);
            ordered += marking.isOrdered(now) ? 1 : 0;
            later(1);
        }
        assertThat(ordered).isEqualTo(6);
    }

    private void marked(Set<String> used) {
        marking = marking.next(Optional.of(used), used, false, now);
    }

    private void runs(Set<String> used) {
        marking = marking.next(Optional.empty(), used, false, now);
    }

    private void shrinks(Set<String> used) {
        marking = marking.next(Optional.empty(), used, true, now);
    }

    private void later(int seconds) {
        now = now.plusSeconds(seconds);
    }
}
