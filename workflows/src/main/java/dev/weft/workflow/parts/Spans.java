package dev.weft.workflow.parts;

import dev.weft.config.Fields;
import dev.weft.config.Mapping;
import dev.weft.config.Node;
import dev.weft.config.Scalar;
import dev.weft.workflow.IsoDuration;
import dev.weft.workflow.Span;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Reads how long something takes: an object such as {@code {minutes: 5}}, an ISO-8601 duration, or an expression that
 * gives one of both.
 */
public final class Spans {

    /** What is accepted, ready to stand after the word "expected". */
    public static final String EXPECTED = "a duration such as {minutes: 5}, PT5M or an expression ${ ... }";

    private static final int LONGEST_DAYS = 36_500;
    private static final Duration LONGEST = Duration.ofDays(LONGEST_DAYS);
    private static final int LARGEST = Integer.MAX_VALUE;

    private final Reading reading;

    public Spans(Reading reading) {
        this.reading = reading;
    }

    /** Reads a span that may be computed. */
    public Optional<Span> read(Node at, Set<String> variables) {
        if (at instanceof Mapping) {
            return hasExpression(at) ? computed(at, variables) : object(at);
        }
        if (at instanceof Scalar scalar && scalar.value() instanceof String text) {
            return Expressions.isExpression(text) ? computed(at, variables) : iso(at, text);
        }
        reading.problems().add(at, at.described(), EXPECTED);
        return Optional.empty();
    }

    /** Reads a span that is known at once; {@code why} is the reason, as in {@code "as it makes instances"}. */
    public Optional<Span.Fixed> fixed(Node at, String why) {
        int before = reading.problems().count();
        if (hasExpression(at)) {
            reading.problems().add(at, at.described(), "a duration that is known at once, " + why);
        }
        return reading.problems().count() > before
                ? Optional.empty()
                : read(at, Locals.NOTHING).map(Span.Fixed.class::cast);
    }

    private static boolean hasExpression(Node at) {
        if (at instanceof Mapping mapping) {
            return mapping.members().values().stream().anyMatch(Spans::hasExpression);
        }
        return at instanceof Scalar scalar && scalar.value() instanceof String text && Expressions.isExpression(text);
    }

    private Optional<Span> computed(Node at, Set<String> variables) {
        return reading.expressions().template(at, variables).map(Span.Computed::new);
    }

    private Optional<Span> object(Node at) {
        int before = reading.problems().count();
        Fields fields = Fields.of(at, reading.problems());
        Duration sum = Duration.ofDays(amount(fields, "days", LONGEST_DAYS))
                .plusHours(amount(fields, "hours", LARGEST))
                .plusMinutes(amount(fields, "minutes", LARGEST))
                .plusSeconds(amount(fields, "seconds", LARGEST))
                .plusMillis(amount(fields, "milliseconds", LARGEST));
        fields.close();
        if (fields.members().isEmpty()) {
            reading.problems().add(at, at.described(), EXPECTED);
        }
        return reading.problems().count() > before ? Optional.empty() : bounded(at, sum);
    }

    private static int amount(Fields fields, String unit, int most) {
        return fields.optional(unit).integer(0, most).orElse(0);
    }

    private Optional<Span> iso(Node at, String text) {
        Optional<Duration> duration = IsoDuration.parse(text);
        if (duration.isEmpty()) {
            reading.problems().add(at, at.described(), EXPECTED);
        }
        return duration.flatMap(it -> bounded(at, it));
    }

    private Optional<Span> bounded(Node at, Duration duration) {
        if (duration.compareTo(LONGEST) > 0) {
            reading.problems().add(at, "a duration of more than 100 years", "a shorter one");
            return Optional.empty();
        }
        return Optional.of(new Span.Fixed(duration));
    }
}
