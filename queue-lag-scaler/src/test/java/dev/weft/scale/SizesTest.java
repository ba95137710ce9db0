package dev.weft.scale;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.scale.PolicySettings.Consumer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SizesTest {

    static Stream<Arguments> onlySizesThatTakeWorkOffTheBusiestAreUseful() {
        return Stream.of(
                Arguments.of(1, List.of(1)),
                Arguments.of(3, List.of(1, 2, 3)),
                Arguments.of(12, List.of(1, 2, 3, 4, 6, 12)),
                Arguments.of(20, List.of(1, 2, 3, 4, 5, 7, 10, 20)));
    }

    @ParameterizedTest(name = "{0} partitions: {1}")
    @MethodSource
    void onlySizesThatTakeWorkOffTheBusiestAreUseful(int partitions, List<Integer> useful) {
        assertThat(parallelisms(settings(Consumer.FLINK_ADAPTIVE, 1, 50, 1), partitions))
                .isEqualTo(useful);
    }

    @Test
    void replicasStayWithinTheirBounds() {
        assertThat(parallelisms(settings(Consumer.FLINK_ADAPTIVE, 2, 4, 1), 12)).containsExactly(2, 3, 4);
    }

    @Test
    void onlyAJobThatIsToldMayLeaveASlotFree() {
        assertThat(parallelisms(settings(Consumer.FLINK_ADAPTIVE, 1, 4, 4), 12)).containsExactly(4, 6, 12);
        assertThat(parallelisms(settings(Consumer.FLINK_REACTIVE, 1, 4, 4), 12)).containsExactly(4, 8, 12);
    }

    @Test
    void partitionsAreDealtOutAsFlinkDoes() {
        int three = ("orders".hashCode() * 31 & Integer.MAX_VALUE) % 3;

        assertThat(new Assignment(3).ownerOf("orders", 0)).isEqualTo(three);
        assertThat(new Assignment(3).ownerOf("orders", 4)).isEqualTo((three + 4) % 3);
    }

    private static List<Integer> parallelisms(PolicySettings settings, int partitions) {
        List<PartitionLag> lags = IntStream.range(0, partitions)
                .mapToObj(p -> new PartitionLag("t", p, 0, false, 1, Duration.ZERO, Optional.empty()))
                .toList();
        return Sizes.of(settings, lags).ascending().stream()
                .map(Size::parallelism)
                .toList();
    }

    private static PolicySettings settings(Consumer consumer, int least, int most, int slots) {
        PolicySettings usual = ModelJob.settings();
        return new PolicySettings(
                consumer,
                usual.slo(),
                usual.utilisation(),
                least,
                most,
                slots,
                100,
                usual.idleAfter(),
                usual.toZero(),
                usual.downWindow(),
                usual.benefitHorizon(),
                usual.steadyFor(),
                usual.poll());
    }
}
