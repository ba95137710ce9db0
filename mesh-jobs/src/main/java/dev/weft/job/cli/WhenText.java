package dev.weft.job.cli;

import dev.weft.config.DurationText;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Moments as they are typed: {@code 2026-11-21T03:00:00Z}, or {@code 1h} for an hour ago. */
final class WhenText {

    private WhenText() {}

    /**
     * Returns the moment that {@code text} means.
     *
     * @param option where it was typed, such as {@code weft apply: --from}
     */
    static Instant parse(String option, String text, Instant now) throws CommandFailure {
        Optional<Duration> ago = DurationText.parse(text);
        if (ago.isPresent()) {
            return now.minus(ago.get());
        }
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw CommandFailure.input("%s: found \"%s\", expected a time such as 2026-11-21T03:00:00Z, or %s"
                    .formatted(option, text, DurationText.EXPECTED));
        }
    }
}
