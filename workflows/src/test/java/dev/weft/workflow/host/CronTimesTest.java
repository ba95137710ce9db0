package dev.weft.workflow.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In Berlin clocks go from 02:00 to 03:00 on 2026-03-29 (01:00Z), and from 03:00 to 02:00 on 2026-10-25 (01:00Z). */
class CronTimesTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @ParameterizedTest(name = "{0} after {1}: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "*/5 * * * * | 2026-06-01T10:02:00Z | 2026-06-01T10:05:00Z 2026-06-01T10:10:00Z",
                "*/5 * * * * | 2026-06-01T10:05:00Z | 2026-06-01T10:10:00Z 2026-06-01T10:15:00Z",
                "0 9 * * 1-5 | 2026-06-05T08:00:00Z | 2026-06-08T07:00:00Z 2026-06-09T07:00:00Z",
                "0 0 29 2 * | 2026-01-01T00:00:00Z | 2028-02-28T23:00:00Z 2032-02-28T23:00:00Z",
                // What is meant for the hour that is left out happens an hour later by the clock.
                "30 2 * * * | 2026-03-28T12:00:00Z | 2026-03-29T01:30:00Z 2026-03-30T00:30:00Z",
                "0 2 * * * | 2026-03-28T12:00:00Z | 2026-03-29T01:00:00Z 2026-03-30T00:00:00Z",
                "0 3 * * * | 2026-03-28T12:00:00Z | 2026-03-29T01:00:00Z 2026-03-30T01:00:00Z",
                "30 2,3 * * * | 2026-03-28T12:00:00Z | 2026-03-29T01:30:00Z 2026-03-30T00:30:00Z",
                "15,45 2,3 * * * | 2026-03-28T12:00:00Z | 2026-03-29T01:15:00Z 2026-03-29T01:45:00Z"
                        + " 2026-03-30T00:15:00Z",
                "*/30 1-3 * * * | 2026-03-28T12:00:00Z | 2026-03-29T00:00:00Z 2026-03-29T00:30:00Z"
                        + " 2026-03-29T01:00:00Z 2026-03-29T01:30:00Z 2026-03-29T23:00:00Z",
                // Of the two hours of one name it is the first.
                "30 2 * * * | 2026-10-24T12:00:00Z | 2026-10-25T00:30:00Z 2026-10-26T01:30:00Z",
                "0 2 * * * | 2026-10-24T12:00:00Z | 2026-10-25T00:00:00Z 2026-10-26T01:00:00Z",
                "0 3 * * * | 2026-10-24T12:00:00Z | 2026-10-25T02:00:00Z 2026-10-26T02:00:00Z",
                "30 2 * * * | 2026-10-25T01:10:00Z | 2026-10-26T01:30:00Z 2026-10-27T01:30:00Z",
                "0 */6 * * * | 2026-10-24T21:00:00Z | 2026-10-24T22:00:00Z 2026-10-25T05:00:00Z",
                // Every hour goes by what the clock shows.
                "30 * * * * | 2026-03-29T00:00:00Z | 2026-03-29T00:30:00Z 2026-03-29T01:30:00Z 2026-03-29T02:30:00Z",
                "0 * * * * | 2026-03-29T00:30:00Z | 2026-03-29T01:00:00Z 2026-03-29T02:00:00Z",
                "30 * * * * | 2026-10-25T00:00:00Z | 2026-10-25T00:30:00Z 2026-10-25T01:30:00Z 2026-10-25T02:30:00Z",
                "0 * * * * | 2026-10-25T00:00:00Z | 2026-10-25T01:00:00Z 2026-10-25T02:00:00Z",
                "*/20 * * * * | 2026-10-25T00:30:00Z | 2026-10-25T00:40:00Z 2026-10-25T01:00:00Z"
                        + " 2026-10-25T01:20:00Z",
            })
    void timesAreThoseOfTheZone(String expression, Instant after, String expected) {
        CronTimes times = new CronTimes(expression, BERLIN);
        List<String> found = new ArrayList<>();
        int wanted = expected.split(" ").length;
        OptionalLong next = times.after(after.toEpochMilli());
        while (found.size() < wanted) {
            found.add(Instant.ofEpochMilli(next.orElseThrow()).toString());
            next = times.after(next.getAsLong());
        }
        assertThat(String.join(" ", found)).isEqualTo(expected);
    }

    @Test
    void aDayThatNeverComesIsNoTime() {
        assertThat(new CronTimes("0 0 30 2 *", BERLIN).after(0)).isEmpty();
    }

    @Test
    void theLastOfManyTimesIsFound() {
        CronTimes times = new CronTimes("*/5 * * * *", BERLIN);
        long first = Instant.parse("2020-01-01T00:00:00Z").toEpochMilli();
        long now = Instant.parse("2026-06-01T10:03:00Z").toEpochMilli();

        assertThat(Instant.ofEpochMilli(times.last(first, now))).isEqualTo("2026-06-01T10:00:00Z");
    }

    @Test
    void theFirstTimeIsTheLastWhereNoOtherHasCome() {
        CronTimes times = new CronTimes("0 0 1 1 *", BERLIN);
        long first = Instant.parse("2025-12-31T23:00:00Z").toEpochMilli();

        assertThat(times.last(first, first + 1)).isEqualTo(first);
        assertThat(times.last(first, Instant.parse("2026-12-30T00:00:00Z").toEpochMilli()))
                .isEqualTo(first);
    }
}
