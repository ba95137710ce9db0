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
        return ago.isPresent() ? now.minus(ago.get()) : instant(option, text);
    }

    /** As {@link #parse}, but {@code 1h} means in an hour. */
    static Instant parseAhead(String option, String text, Instant now) throws CommandFailure {
        Optional<Duration> ahead = DurationText.parse(text);
        return ahead.isPresent() ? now.plus(ahead.get()) : instant(option, text);
    }

    private static Instant instant(String option, String text) throws CommandFailure {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw CommandFailure.input("%s: found \"%s\", expected a time such as 2026-11-21T03:00:00Z, or %s"
                    .formatted(option, text, DurationText.EXPECTED));
        }
    }
}
