package dev.weft.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpiryTest {

    private static final long NOON = Instant.parse("2026-01-05T12:00:00Z").toEpochMilli();

    @ParameterizedTest(name = "what expires at {0} is over at noon: {1}")
    @CsvSource({
        "2026-01-05T11:59:59.999Z, true",
        "2026-01-05T12:00:00Z, false",
        "2026-01-05T12:00:00.001Z, false",
        "2026-01-05T12:30:00+01:00, true",
        "2026-01-05T12:30:00-01:00, false",
        "0001-01-01t00:00:00z, true",
        "9999-12-31T23:59:59Z, false",
        "yesterday, false",
        "2020-01-01, false",
        "1767603600, false"
    })
    void isOverOnceItsTimeHasPassed(String expires, boolean over) {
        assertThat(Expiry.isOver(binary(expires), NOON)).isEqualTo(over);
        assertThat(Expiry.isOver(structured(expires), NOON)).isEqualTo(over);
    }

    @Test
    void neverComesToAnEventThatDoesNotAskForIt() {
        assertThat(Expiry.isOver(Records.event(Records.order("{}")), Long.MAX_VALUE))
                .isFalse();
    }

    private static MeshEvent binary(String expires) {
        return Records.event(Records.order("{}", "ce_expirytime", expires));
    }

    private static MeshEvent structured(String expires) {
        return Records.event(Records.structured("""
                {"specversion": "1.0", "id": "1", "source": "/shop", "type": "order", "expirytime": "%s"}""".formatted(expires)));
    }
}
