package dev.weft.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CapacityTest {

    @Test
    void isUnknownUntilSomethingWasMeasured() {
        assertThat(Capacity.UNKNOWN.at(4, 0)).isZero();
        assertThat(Capacity.UNKNOWN.at(4, 70)).isEqualTo(70);
    }

    @Test
    void lossWithSizeGoesOnBeyondWhatWasMeasured() {
        Capacity capacity = Capacity.UNKNOWN.with(1, 100, 1, 0).with(4, 80, 1, 0);

        assertThat(capacity.at(16, 0)).isCloseTo(64, within(1e-6));
        assertThat(capacity.at(2, 0)).isBetween(80.0, 100.0);
    }

    @Test
    void gainWithSizeIsNotBelieved() {
        assertThat(Capacity.UNKNOWN.with(1, 80, 1, 0).with(4, 100, 1, 0).at(16, 0))
                .isEqualTo(100);
    }

    @Test
    void whatIsSlowerAtOneSizeIsSlowerAtAll() {
        Capacity capacity = Capacity.UNKNOWN.with(3, 100, 1, 0).with(6, 90, 1, 0);

        assertThat(capacity.with(6, 45, 1, 90).at(3, 0)).isEqualTo(50);
    }

    @Test
    void firstMeasureAtASizeIsHeldAgainstWhatWasExpected() {
        assertThat(Capacity.UNKNOWN.with(3, 40, 0.5, 100).at(3, 0)).isEqualTo(70);
    }
}
