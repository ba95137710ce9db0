package dev.weft.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitTextTest {

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "10s, PT10S",
        "1m30s, PT1M30S",
        "500ms, PT0.5S",
        "1h, PT1H",
        "2d, PT48H",
        "1d2h3m4s5ms, PT26H3M4.005S",
        "0s, PT0S",
        "90m, PT1H30M",
        "1m500ms, PT1M0.5S",
    })
    void readsDurations(String text, Duration duration) {
        assertThat(DurationText.parse(text)).contains(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10", "s", "10 s", "-1s", "1.5s", "30s1m", "1s1s", "1w", "PT1S", "10S", "9999999999s"})
    void refusesWhatIsNotADuration(String text) {
        assertThat(DurationText.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0s", "500ms", "1m30s", "1h", "2d", "1d2h3m4s5ms"})
    void writesDurationsAsTheyAreRead(String text) {
        assertThat(DurationText.parse(text).map(DurationText::of)).contains(text);
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "0B, 0",
        "1000B, 1000",
        "512KiB, 524288",
        "5MB, 5000000",
        "1MiB, 1048576",
        "2GiB, 2147483648",
        "3GB, 3000000000"
    })
    void readsSizes(String text, long bytes) {
        assertThat(SizeText.parse(text)).contains(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "5 MB", "5mb", "1.5MB", "-1B", "MB", "5M", "9999999999B"})
    void refusesWhatIsNotASize(String text) {
        assertThat(SizeText.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0B", "1KB", "512KiB", "5MB", "1MiB", "2GiB", "999B", "1500KB"})
    void writesSizesAsTheyAreRead(String text) {
        assertThat(SizeText.parse(text).map(SizeText::of)).contains(text);
    }
}
