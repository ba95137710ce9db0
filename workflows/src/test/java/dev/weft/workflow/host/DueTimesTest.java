package dev.weft.workflow.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.workflow.Schedule.CatchUp;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every 100 ms, the first at 100; what is up to 30 ms late is on time. */
class DueTimesTest {

    private static final Times TIMES = new Times.Even(100);
    private static final long ON_TIME = 30;

    @ParameterizedTest(name = "{0} at {1} starts {2}, next {3}")
    @CsvSource({
        "SKIP, 100, 100, 200",
        "SKIP, 130, 100, 200",
        "SKIP, 131, '', 200",
        "SKIP, 510, 500, 600",
        "SKIP, 550, '', 600",
        "ONE, 100, 100, 200",
        "ONE, 199, 100, 200",
        "ONE, 550, 500, 600",
        "ALL, 100, 100, 200",
        "ALL, 350, 100 200 300, 400",
    })
    void whatWasMissedIsDealtWithAsTheScheduleSays(CatchUp catchUp, long now, String starts, long next) {
        DueTimes due = DueTimes.of(TIMES, catchUp, 100, now, ON_TIME);

        assertThat(due.starts().stream().map(String::valueOf).toList())
                .isEqualTo(starts.isEmpty() ? List.of() : List.of(starts.split(" ")));
        assertThat(due.next()).hasValue(next);
    }

    @Test
    void ofVeryManyAThousandAreStartedAtOnce() {
        DueTimes due = DueTimes.of(TIMES, CatchUp.ALL, 100, 1_000_000, ON_TIME);

        assertThat(due.starts())
                .isEqualTo(
                        LongStream.rangeClosed(1, 1000).mapToObj(i -> i * 100).toList());
        assertThat(due.next()).hasValue(100_100);
    }
}
