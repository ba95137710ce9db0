package dev.weft.function.module;

import dev.weft.config.Node;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as Apache Flink writes them: one whole number and a unit, {@code 1 min}, {@code 10sec}, {@code 500ms};
 * without a unit, milliseconds. Units below a millisecond are not taken.
 */
final class SpacedDuration {

    static final String EXPECTED = "a duration such as 10s, 1 min or 500ms";

    private static final Pattern FORM = Pattern.compile("(\\d{1,12})\\s*(\\p{Alpha}*)");

    private SpacedDuration() {}

    /** Reads a number of milliseconds, or text. */
    static Optional<Duration> read(Node at, Problems problems) {
        Optional<Duration> read = at instanceof Scalar scalar
                        && (scalar.value() instanceof String || scalar.value() instanceof BigDecimal)
                ? parse(scalar.text())
                : Optional.empty();
        if (read.isEmpty()) {
            problems.add(at, at.described(), EXPECTED);
        }
        return read;
    }

    private static Optional<Duration> parse(String text) {
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches()) {
            return Optional.empty();
        }
        long amount = Long.parseLong(form.group(1));
        return switch (form.group(2).toLowerCase(Locale.ROOT)) {
            case "", "ms", "milli", "millis", "millisecond", "milliseconds" -> Optional.of(Duration.ofMillis(amount));
            case "s", "sec", "secs", "second", "seconds" -> Optional.of(Duration.ofSeconds(amount));
            case "m", "min", "minute", "minutes" -> Optional.of(Duration.ofMinutes(amount));
            case "h", "hour", "hours" -> Optional.of(Duration.ofHours(amount));
            case "d", "day", "days" -> Optional.of(Duration.ofDays(amount));
            default -> Optional.empty();
        };
    }
}
