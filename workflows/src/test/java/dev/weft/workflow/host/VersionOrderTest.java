package dev.weft.workflow.host;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionOrderTest {

    @ParameterizedTest(name = "{0} is before {1}")
    @CsvSource({
        "1.0.0, 1.0.1",
        "1.9.0, 1.10.0",
        "1.99.99, 2.0.0",
        "1.0.0-alpha, 1.0.0",
        "1.0.0-alpha, 1.0.0-alpha.1",
        "1.0.0-alpha.1, 1.0.0-alpha.beta",
        "1.0.0-alpha.beta, 1.0.0-beta",
        "1.0.0-beta.2, 1.0.0-beta.11",
        "1.0.0-rc.1, 1.0.0",
        "1.0, 1.0.1",
        "1.0.0, 99999999999999999999.0.0",
        "1.2.3-a-b, 1.2.3-a-c",
    })
    void olderVersionsComeFirst(String older, String newer) {
        assertThat(VersionOrder.INSTANCE.compare(older, newer)).isNegative();
        assertThat(VersionOrder.INSTANCE.compare(newer, older)).isPositive();
    }

    @ParameterizedTest(name = "{0} is as new as {1}")
    @CsvSource({"1.0.0, 1.0.0", "1.0.0+build.1, 1.0.0+build.2", "1.0, 1.0.0", "1.0.0-a+x, 1.0.0-a"})
    void whatIsBuiltDoesNotCount(String one, String other) {
        assertThat(VersionOrder.INSTANCE.compare(one, other)).isZero();
    }
}
