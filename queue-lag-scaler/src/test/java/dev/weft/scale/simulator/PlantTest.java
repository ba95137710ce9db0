package dev.weft.scale.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.scale.JobReading.Phase;
import dev.weft.scale.lag.JobSnapshot;
import dev.weft.scale.lag.QueueSnapshot;
import dev.weft.scale.simulator.Contender.Rescaling;
import dev.weft.scale.simulator.Disturbance.Kind;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PlantTest {

    @ParameterizedTest
    @EnumSource
    void noRecordIsLostWhateverIsDoneToTheJob(Rescaling rescaling) {
        Scenario scenario = scenario(1200, 3, 150, Disturbance.at(700, Kind.JOB_MANAGER_FAILS, 20));
        Plant plant = new Plant(Episode.of(scenario, 7), rescaling);
        Random random = new Random(7);
        long arrived = 0;
        for (int second = 0; second < 1200; second++) {
            plant.step();
            arrived += plant.arrivedNow();
            if (random.nextInt(60) == 0) {
                plant.setReplicas(random.nextInt(7));
            }
            if (random.nextInt(60) == 0) {
                plant.setParallelism(1 + random.nextInt(6));
            }
            assertThat(plant.delivered() + plant.waiting()).isEqualTo(arrived);
        }
        assertThat(plant.simulatedJob().changes()).isPositive();
    }

    @Test
    void aJobThatKeepsUpLetsNothingGrowOld() {
        Plant plant = new Plant(Episode.of(scenario(300, 3, 200), 1), Rescaling.ADAPTIVE);
        for (int second = 0; second < 300; second++) {
            plant.step();
            assertThat(plant.age()).isLessThanOrEqualTo(2);
        }
    }

    @Test
    void aJobThatIsTooSmallFallsBehindByWhatItCannotDrain() {
        Plant plant = new Plant(Episode.of(scenario(300, 1, 300), 1), Rescaling.ADAPTIVE);
        run(plant, 300);

        assertThat(plant.waiting()).isBetween(58_000L, 62_000L);
        assertThat(plant.age()).isBetween(190, 210);
    }

    @Test
    void theAdaptiveSchedulerTakesAParallelismWithTheNextCheckpoint() {
        Plant plant = new Plant(Episode.of(scenario(300, 2, 100), 1), Rescaling.ADAPTIVE);
        run(plant, 60);
        long checkpoint = plant.simulatedJob().checkpointId();

        plant.setParallelism(4);
        plant.setReplicas(4);
        run(plant, 70);

        assertThat(plant.simulatedJob().parallelism()).isEqualTo(4);
        assertThat(plant.simulatedJob().changes()).isEqualTo(1);
        assertThat(plant.simulatedJob().checkpointId()).isGreaterThan(checkpoint);
    }

    @Test
    void aTaskManagerThatIsNotUsedGoesWithoutARestart() {
        Plant plant = new Plant(Episode.of(scenario(300, 4, 100), 1), Rescaling.ADAPTIVE);
        run(plant, 40);
        plant.setParallelism(2);
        run(plant, 60);
        assertThat(plant.simulatedJob().parallelism()).isEqualTo(2);

        plant.setReplicas(2);
        run(plant, 30);

        assertThat(plant.simulatedJob().changes()).isEqualTo(1);
    }

    @Test
    void reactiveModeFollowsTheTaskManagersAndTakesNoNumber() {
        Plant plant = new Plant(Episode.of(scenario(400, 2, 100), 1), Rescaling.REACTIVE);
        run(plant, 40);
        assertThat(plant.setParallelism(4)).isFalse();

        plant.setReplicas(4);
        run(plant, 100);
        assertThat(plant.simulatedJob().parallelism()).isEqualTo(4);

        plant.setReplicas(3);
        run(plant, 60);
        assertThat(plant.simulatedJob().parallelism()).isEqualTo(3);
    }

    @Test
    void whatWasTakenSinceTheLastCheckpointIsTakenAgainAfterAKill() {
        Scenario scenario = scenario(200, 2, 150, Disturbance.at(100, Kind.TASK_MANAGER_KILLED, 0));
        Plant plant = new Plant(Episode.of(scenario, 1), Rescaling.ADAPTIVE);
        run(plant, 100);
        long before = plant.delivered();

        plant.step();

        assertThat(plant.delivered()).isLessThan(before).isGreaterThan(before - 34 * 170);
    }

    @Test
    void withoutTaskManagersTheJobWaitsAndGoesOnWhereItWas() {
        Plant plant = new Plant(Episode.of(scenario(400, 2, 50), 1), Rescaling.ADAPTIVE);
        run(plant, 100);
        plant.setReplicas(0);
        run(plant, 50);
        assertThat(reading(plant).reading().phase()).isEqualTo(Phase.WAITING);

        plant.setReplicas(2);
        run(plant, 100);

        assertThat(reading(plant).reading().phase()).isEqualTo(Phase.RUNNING);
        assertThat(plant.waiting()).isLessThan(100);
    }

    @Test
    void groupOffsetsMoveOnlyWithCheckpoints() {
        Plant plant = new Plant(Episode.of(scenario(200, 2, 100), 1), Rescaling.ADAPTIVE);
        run(plant, 100);
        long id = plant.simulatedJob().checkpointId();
        long committed = committed(plant);
        while (plant.simulatedJob().checkpointId() == id) {
            assertThat(committed(plant)).isEqualTo(committed);
            plant.step();
        }
        assertThat(committed(plant)).isGreaterThan(committed);
    }

    @Test
    void aSlowTargetHoldsTheJobBackThatIsNotBusy() {
        Scenario scenario = scenario(200, 3, 180, new Disturbance(Kind.TARGET_SLOW, 50, 200, 90));
        Plant plant = new Plant(Episode.of(scenario, 1), Rescaling.ADAPTIVE);
        run(plant, 150);

        assertThat(reading(plant).reading().targetLimited()).isTrue();
        assertThat(reading(plant).reading().busiest()).isLessThan(0.4);
        assertThat(reading(plant).reading().backPressured()).isGreaterThan(0.5);
    }

    @Test
    void aJobManagerThatIsAwayIsNotKnown() {
        Scenario scenario = scenario(200, 3, 180, new Disturbance(Kind.REST_DOWN, 50, 100, 0));
        Plant plant = new Plant(Episode.of(scenario, 1), Rescaling.ADAPTIVE);
        run(plant, 60);

        assertThat(plant.job().value()).isEmpty();
        assertThat(plant.metrics().value()).isEmpty();
        assertThat(plant.setParallelism(4)).isFalse();
        assertThat(plant.queue().value()).isPresent();
    }

    @Test
    void equalSeedsMakeEqualRuns() {
        Scenario scenario = Scenarios.named("burst").orElseThrow();
        Score one =
                new Run(Episode.of(scenario, 3), Contenders.kafka(false)).play().score();
        Score other =
                new Run(Episode.of(scenario, 3), Contenders.kafka(false)).play().score();

        assertThat(one).isEqualTo(other);
        assertThat(new Run(Episode.of(scenario, 4), Contenders.kafka(false))
                        .play()
                        .score())
                .isNotEqualTo(one);
    }

    private static void run(Plant plant, int seconds) {
        for (int second = 0; second < seconds; second++) {
            plant.step();
        }
    }

    private static JobSnapshot reading(Plant plant) {
        return plant.job().value().orElseThrow();
    }

    private static long committed(Plant plant) {
        QueueSnapshot queue = plant.queue().value().orElseThrow();
        return queue.partitions().values().stream()
                .mapToLong(each -> each.committed().orElse(0))
                .sum();
    }

    private static Scenario scenario(int seconds, int replicas, double rate, Disturbance... disturbances) {
        return new Scenario(
                "test", "", seconds, Cluster.USUAL, replicas, 0, Arrivals.poisson(t -> rate), List.of(disturbances));
    }
}
