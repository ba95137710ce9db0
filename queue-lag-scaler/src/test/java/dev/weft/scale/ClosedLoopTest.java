package dev.weft.scale;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.scale.Decision.Alarm;
import dev.weft.scale.Decision.Verdict;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A policy and a small model of a job, in a closed loop; the simulator asks the same of the whole scaler. */
class ClosedLoopTest {

    @Test
    void steadyLoadIsLeftAlone() {
        ModelJob job = job(3).given(t -> 180).run(3600);

        assertThat(job.changes()).isEmpty();
        assertThat(job.secondsOver()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void noiseIsLeftToTheQueue(long seed) {
        var noise = new Random(seed);

        ModelJob job =
                job(3).given(t -> 180 * Math.exp(noise.nextGaussian() / 2)).run(3600);

        assertThat(job.changes()).isEmpty();
        assertThat(job.secondsOver()).isZero();
    }

    @Test
    void burstTakesOneStepUpAndOneDown() {
        ModelJob job = job(3).given(t -> t >= 600 && t < 1200 ? 900 : 180).run(3600);

        assertThat(verdicts(job)).containsExactly(Verdict.UP, Verdict.DOWN);
        assertThat(job.secondsOver()).isLessThanOrEqualTo(30);
    }

    @Test
    void backlogIsDrainedByAllAtOnce() {
        ModelJob job = job(3).given(t -> 180).withBacklog(600_000).run(3600);

        assertThat(verdicts(job)).containsExactly(Verdict.UP, Verdict.DOWN);
        assertThat(job.changes().get(0).parallelism()).isEqualTo(12);
    }

    @Test
    void idleJobIsPutToSleepInOneStep() {
        ModelJob job = job(3).given(t -> t < 600 ? 180 : 0).run(1200);

        assertThat(verdicts(job)).containsExactly(Verdict.ZERO);
        assertThat(job.changes().get(0).at()).isBefore(ModelJob.START.plusSeconds(600 + 180));
    }

    @Test
    void stuckPartitionIsAnAlarmAndNoLoad() {
        ModelJob job = job(3).given(t -> 180).withStuckPartition(3).run(1200);

        assertThat(job.changes()).isEmpty();
        assertThat(alarms(job)).contains(Alarm.Kind.STUCK_PARTITION);
    }

    @Test
    void hotPartitionGetsRoomAndIsReported() {
        ModelJob job =
                job(3).given(t -> 180).sharedBy(p -> p == 4 ? 0.5 : 0.5 / 11).run(3600);

        assertThat(job.running()).isEqualTo(6);
        assertThat(job.secondsOver()).isZero();
        assertThat(alarms(job)).contains(Alarm.Kind.HOT_PARTITION);
    }

    @Test
    void consumerThatSlowsDownGetsHelpOnce() {
        ModelJob job = job(3).given(t -> 180).draining(t -> t < 900 ? 100 : 50).run(3600);

        assertThat(verdicts(job)).containsExactly(Verdict.UP);
        assertThat(job.secondsOver()).isZero();
    }

    @Test
    void waveIsFollowedWithTwoChangesEach() {
        ModelJob job =
                job(3).given(t -> 250 + 150 * Math.sin(2 * Math.PI * t / 1200)).run(7200);

        assertThat(job.restarts()).isLessThanOrEqualTo(12);
        assertThat(job.secondsOver()).isZero();
    }

    private static ModelJob job(int replicas) {
        return new ModelJob(ModelJob.settings(), replicas);
    }

    private static List<Verdict> verdicts(ModelJob job) {
        return job.changes().stream().map(Decision::verdict).toList();
    }

    private static List<Alarm.Kind> alarms(ModelJob job) {
        List<Decision> decisions = job.decisions();
        return decisions.get(decisions.size() - 1).alarms().stream()
                .map(Alarm::kind)
                .toList();
    }
}
