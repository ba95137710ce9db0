package dev.weft.workflow.read;

import dev.weft.config.Field;
import dev.weft.config.Fields;
import dev.weft.config.Nearest;
import dev.weft.config.Problems;
import dev.weft.workflow.Body;
import dev.weft.workflow.Body.Growth;
import dev.weft.workflow.Span;
import dev.weft.workflow.jq.Jq;
import dev.weft.workflow.parts.Reading;
import dev.weft.workflow.parts.Spans;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads how often and when something is tried again. */
final class Retries {

    private static final int MOST = 1000;
    private static final double DOUBLED = 2;
    private static final Map<String, Growth> GROWTHS =
            Map.of("constant", Growth.CONSTANT, "linear", Growth.LINEAR, "exponential", Growth.EXPONENTIAL);

    private final Reading reading;
    private final Problems problems;
    private final Set<String> variables;

    Retries(Reading reading, Set<String> variables) {
        this.reading = reading;
        this.problems = reading.problems();
        this.variables = variables;
    }

    /** Reads a policy and closes the fields. */
    Optional<Body.Retry> read(Fields fields) {
        int before = problems.count();
        Optional<Jq> when = condition(fields.optional("when"));
        Optional<Jq> exceptWhen = condition(fields.optional("exceptWhen"));
        Optional<Span> delay = span(fields.optional("delay"));
        Growth growth =
                fields.optional("backoff").fields().flatMap(this::growth).orElse(Growth.CONSTANT);
        Optional<Fields> limit = fields.optional("limit").fields();
        Optional<Fields> attempt = limit.flatMap(it -> it.optional("attempt").fields());
        Optional<Integer> count = attempt.flatMap(it -> it.optional("count").integer(0, MOST));
        Optional<Span> attemptDuration = attempt.flatMap(it -> span(it.optional("duration")));
        Optional<Span> duration = limit.flatMap(it -> span(it.optional("duration")));
        attempt.ifPresent(Fields::close);
        limit.ifPresent(Fields::close);
        Optional<Fields> jitter = fields.optional("jitter").fields();
        Optional<Span> from = jitter.flatMap(it -> span(it.required("from")));
        Optional<Span> to = jitter.flatMap(it -> span(it.required("to")));
        jitter.ifPresent(Fields::close);
        fields.close();
        jitter.ifPresent(it -> refuseReversed(it, from, to));
        if (problems.count() > before) {
            return Optional.empty();
        }
        return Optional.of(new Body.Retry(
                when.orElse(null),
                exceptWhen.orElse(null),
                delay.orElse(new Span.Fixed(Duration.ZERO)),
                growth,
                DOUBLED,
                null,
                null,
                from.orElse(null),
                to.orElse(null),
                count.orElse(null),
                attemptDuration.orElse(null),
                duration.orElse(null)));
    }

    private Optional<Jq> condition(Field field) {
        return field.node("an expression").flatMap(at -> reading.expressions().jq(at, variables));
    }

    private Optional<Span> span(Field field) {
        return field.node(Spans.EXPECTED).flatMap(at -> new Spans(reading).read(at, variables));
    }

    private Optional<Growth> growth(Fields backoff) {
        List<String> kinds = GROWTHS.keySet().stream().sorted().toList();
        kinds.forEach(kind -> backoff.optional(kind).fields().ifPresent(Fields::close));
        backoff.close();
        List<String> said = kinds.stream().filter(backoff::has).toList();
        if (said.size() != 1) {
            problems.add(
                    backoff.node(),
                    said.isEmpty() ? backoff.node().described() : String.join(" beside ", said),
                    Nearest.list(kinds));
            return Optional.empty();
        }
        return Optional.ofNullable(GROWTHS.get(said.get(0)));
    }

    private void refuseReversed(Fields jitter, Optional<Span> from, Optional<Span> to) {
        if (from.isPresent()
                && to.isPresent()
                && from.get() instanceof Span.Fixed least
                && to.get() instanceof Span.Fixed most
                && least.duration().compareTo(most.duration()) > 0) {
            problems.add(
                    jitter.keyAt("from"), jitter.path("from"), "a longer duration than that of to", "a shorter one");
        }
    }
}
