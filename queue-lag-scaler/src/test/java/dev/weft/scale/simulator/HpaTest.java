package dev.weft.scale.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HpaTest {

    @ParameterizedTest(name = "{0} replicas, {1} in all, 10 each: {2}")
    @CsvSource({
        "3, 30, 3", // the target exactly
        "3, 33, 3", // 10 % above is tolerated
        "3, 33.1, 4", // more is not
        "3, 27, 3", // 10 % below is tolerated
        "1, 40, 4", // four at once
        "1, 100, 5", // but no more than four
        "8, 1000, 12", // as many as there may be
        "5, 80, 8",
        "0, 80, 0" // an HPA does nothing without replicas
    })
    void sizesFollowTheAverageValue(int current, double sum, int wanted) {
        Hpa hpa = new Hpa(HpaBehavior.DEFAULT, 12);

        assertThat(hpa.averageValue(0, current, OptionalDouble.of(sum), 10)).isEqualTo(wanted);
    }

    @Test
    void aMetricThatCannotBeReadChangesNothing() {
        Hpa hpa = new Hpa(HpaBehavior.DEFAULT, 12);

        assertThat(hpa.averageValue(0, 5, OptionalDouble.empty(), 10)).isEqualTo(5);
    }

    @Test
    void itGoesDownOnlyAfterFiveMinutesOfSmallerWishes() {
        Hpa hpa = new Hpa(HpaBehavior.DEFAULT, 12);
        hpa.averageValue(0, 6, OptionalDouble.of(60), 10);

        for (int second = 15; second < 300; second += 15) {
            assertThat(hpa.averageValue(second, 6, OptionalDouble.of(20), 10)).isEqualTo(6);
        }
        assertThat(hpa.averageValue(300, 6, OptionalDouble.of(20), 10)).isEqualTo(2);
    }

    @Test
    void itDoublesAtMostEachQuarterOfAMinute() {
        Hpa hpa = new Hpa(HpaBehavior.DEFAULT, 100);

        assertThat(hpa.averageValue(0, 8, OptionalDouble.of(990), 10)).isEqualTo(16);
        assertThat(hpa.averageValue(15, 16, OptionalDouble.of(990), 10)).isEqualTo(32);
    }

    @ParameterizedTest(name = "{0} to {1} in one step")
    @CsvSource({"3, 20", "20, 21", "21, 1"})
    void aNumberOfReplicasIsPassedOnAsItIs(int current, int wanted) {
        Hpa hpa = new Hpa(HpaBehavior.PASS_ON, 40);
        hpa.averageValue(0, current, OptionalDouble.of(current), 1);

        assertThat(hpa.averageValue(15, current, OptionalDouble.of(wanted), 1)).isEqualTo(wanted);
    }

    @ParameterizedTest(name = "{0} replicas of which {1} are ready use {2} of 0.7: {3}")
    @CsvSource({
        "3, 3, 0.7, 3",
        "3, 3, 0.95, 5",
        "4, 2, 0.95, 4", // those that are not ready count as using nothing: 0.95 of two is 0.475 of four
        "4, 0, 0, 4",
        "4, 4, 0.1, 4" // down only after the window
    })
    void sizesFollowTheCpu(int current, int ready, double usage, int wanted) {
        Hpa hpa = new Hpa(HpaBehavior.DEFAULT, 12);
        hpa.utilization(0, current, current, 0.7, 0.7);

        assertThat(hpa.utilization(15, current, ready, usage, 0.7)).isEqualTo(wanted);
    }
}
