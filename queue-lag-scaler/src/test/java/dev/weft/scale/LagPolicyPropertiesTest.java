package dev.weft.scale;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.scale.Decision.Verdict;
import dev.weft.scale.JobReading.Phase;
import dev.weft.scale.LagPolicy.Judgement;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds whatever is observed. */
class LagPolicyPropertiesTest {

    private static final PolicySettings SETTINGS = ModelJob.settings();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void promisesAreKeptWhateverIsObserved(long seed) {
        var random = new Random(seed);
        var policy = new LagPolicy(SETTINGS);
        Memory memory = Memory.empty();
        int second = 0;
        for (int look = 0; look < 1_000; look++) {
            second += 1 + random.nextInt(20);
            Observation seen = any(random, second, memory.wanted()).observation();
            Judgement judgement = policy.judge(memory, seen);

            isPromised(memory, seen, judgement.decision());
            assertThat(policy.judge(memory, seen)).isEqualTo(judgement);
            assertThat(MemoryJson.read(MemoryJson.write(judgement.memory()))).isEqualTo(judgement.memory());
            memory = judgement.memory();
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 10, 100, 300, 600, 1000})
    void moreThatWaitsNeverWakesFewer(double arrivals) {
        int before = 0;
        for (double lag = 1; lag < 1e6; lag *= 1.3) {
            Seen asleep = Seen.at(0).quietSince(-100).doing(Phase.WAITING, 0, 0);
            Memory memory = new LagPolicy(withCapacity())
                    .judge(Memory.empty(), asleep.observation())
                    .memory();
            Observation seen = Seen.at(5)
                    .doing(Phase.WAITING, 0, 0)
                    .coming(arrivals)
                    .waiting(lag, 1)
                    .observation();
            int size =
                    new LagPolicy(withCapacity()).judge(memory, seen).decision().parallelism();
            assertThat(size).as("with %.0f records", lag).isGreaterThanOrEqualTo(before);
            before = size;
        }
    }

    private static void isPromised(Memory memory, Observation seen, Decision decision) {
        boolean changes = decision.verdict() == Verdict.UP || decision.verdict() == Verdict.DOWN;
        if (decision.active()) {
            assertThat(decision.replicas()).isBetween(SETTINGS.minReplicas(), SETTINGS.maxReplicas());
            assertThat(decision.parallelism()).isIn(1, 2, 3, 4, 6, 12);
        } else {
            assertThat(decision.replicas()).isZero();
            assertThat(seen.lag()).isZero();
        }
        if (decision.verdict() == Verdict.ZERO) {
            assertThat(seen.job()).isPresent();
            assertThat(seen.job().get().phase()).isEqualTo(Phase.RUNNING);
        }
        if (changes) {
            assertThat(seen.job()).isPresent();
            assertThat(seen.job().get().phase()).isNotIn(Phase.RESTARTING, Phase.ENDED);
        }
        if (decision.verdict() == Verdict.UP && seen.job().get().phase() == Phase.RUNNING) {
            assertThat(seen.job().get().targetLimited()).isFalse();
        }
        if (changes
                && seen.job().get().phase() == Phase.RUNNING
                && memory.since().isPresent()) {
            assertThat(memory.since().get().plus(SETTINGS.steadyFor())).isBeforeOrEqualTo(seen.at());
        }
        assertThat(decision.because()).isNotEmpty();
    }

    private static Seen any(Random random, int second, int wanted) {
        boolean follows = random.nextInt(4) > 0;
        Phase phase = Phase.values()[random.nextInt(10) < 7 ? 0 : random.nextInt(4)];
        int subtasks = phase == Phase.WAITING ? 0 : follows ? Math.max(1, wanted) : 1 + random.nextInt(12);
        boolean quiet = second % 3000 > 1500;
        Seen seen = Seen.at(second)
                .doing(phase, subtasks, second - second % 200)
                .draining(random.nextDouble() * 1200, random.nextDouble())
                .coming(random.nextDouble() * 1000)
                .waiting(random.nextInt(3) == 0 ? 0 : random.nextDouble() * 100_000, random.nextDouble() * 200)
                .checkpointed(second / 30, second - second % 30, random.nextInt(8) == 0 ? 3 : 0);
        seen = quiet ? seen.quietSince(second - second % 3000 + 1400) : seen;
        seen = random.nextInt(8) == 0 ? seen.limitedByTarget() : seen;
        seen = random.nextInt(8) == 0 ? seen.reckoned() : seen;
        return random.nextInt(8) == 0 ? seen.withoutJob(Optional.empty()) : seen;
    }

    private static PolicySettings withCapacity() {
        PolicySettings each = SETTINGS;
        return new PolicySettings(
                each.consumer(),
                each.slo(),
                each.utilisation(),
                each.minReplicas(),
                each.maxReplicas(),
                each.slots(),
                100,
                each.idleAfter(),
                each.toZero(),
                each.downWindow(),
                each.benefitHorizon(),
                each.steadyFor(),
                each.poll());
    }
}
