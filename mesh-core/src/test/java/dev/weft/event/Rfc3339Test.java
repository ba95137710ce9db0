package dev.weft.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Rfc3339Test {

    @Test
    void agreesWithJavaOnRandomMoments() {
        Random random = new Random(20261121);
        for (int i = 0; i < 50_000; i++) {
            Instant moment = Instant.ofEpochSecond(
                    random.nextLong(-62_135_596_800L, 253_402_300_800L), random.nextInt(1_000_000_000));
            OffsetDateTime time =
                    moment.atOffset(ZoneOffset.ofTotalSeconds(random.nextInt(-18 * 60, 18 * 60 + 1) * 60));
            if (time.getYear() < 0 || time.getYear() > 9999) {
                continue;
            }
            String text = DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time);

            assertThat(Rfc3339.epochMillis(text)).as(text).isEqualTo(moment.toEpochMilli());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026-01-05",
                "2026-01-05T09:00:00",
                "2026-01-05 09:00:00Z",
                "2026-13-05T09:00:00Z",
                "2026-02-29T09:00:00Z",
                "2026-01-05T24:00:00Z",
                "2026-01-05T09:60:00Z",
                "2026-12-31T23:59:60Z",
                "2026-01-05T09:00:00.Z",
                "2026-01-05T09:00:00.1234567890Z",
                "2026-01-05T09:00:00+0100",
                "2026-01-05T09:00:00+19:00",
                "2026-01-05T09:00:00Zulu",
                "-026-01-05T09:00:00Z",
                "2026-01-05T09:00:00\u0661Z"
            })
    void refusesWhatIsNoTimestamp(String text) {
        assertThat(Rfc3339.epochMillis(text)).isEqualTo(Rfc3339.NOT_A_TIMESTAMP);
    }

    @Test
    void takesLowerCaseLetters() {
        assertThat(Rfc3339.epochMillis("2026-01-05t09:00:00z")).isEqualTo(Rfc3339.epochMillis("2026-01-05T09:00:00Z"));
    }
}
