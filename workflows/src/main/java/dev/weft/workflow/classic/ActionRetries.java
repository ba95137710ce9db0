package dev.weft.workflow.classic;

import dev.weft.config.Field;
import dev.weft.config.Fields;
import dev.weft.config.Node;
import dev.weft.config.Scalar;
import dev.weft.workflow.Body;
import dev.weft.workflow.Body.ErrorMatch;
import dev.weft.workflow.Body.Growth;
import dev.weft.workflow.Body.Retry;
import dev.weft.workflow.IsoDuration;
import dev.weft.workflow.Shaping;
import dev.weft.workflow.Span;
import dev.weft.workflow.Task;
import dev.weft.workflow.jq.Jq;
import dev.weft.workflow.jq.Template;
import dev.weft.workflow.parts.Locals;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of {@code retryRef} and {@code autoRetries}: the action is tried again, and fails with its last error if
 * that does not help. What is random in a delay is added to it, never taken away.
 */
final class ActionRetries {

    private static final ErrorMatch ANY = new ErrorMatch(null, null, null, null, null);
    private static final String ERROR = "error";
    private static final Set<String> VARIABLES = Locals.NONE.with(ERROR).body();
    private static final Span SECOND = new Span.Fixed(Duration.ofSeconds(1));
    private static final int DOUBLED = 2;
    private static final int MOST = 1000;

    private final Library library;
    private final Errors errors;

    ActionRetries(Library library) {
        this.library = library;
        this.errors = new Errors(library);
    }

    /** Returns what an action does, with what it does again. */
    Body around(Fields action, List<Task> tasks, String pointer) {
        Optional<Scalar> name = Library.name(action.optional("retryRef"));
        @Nullable Jq when = named(action, "retryableErrors");
        @Nullable Jq exceptWhen = named(action, "nonRetryableErrors");
        Optional<Retry> retry = name.flatMap(library.retries()::at).flatMap(it -> retry(it, when, exceptWhen));
        if (retry.isEmpty() && name.isEmpty() && library.autoRetries()) {
            retry = Optional.of(usual(when, exceptWhen));
        }
        if (retry.isEmpty()) {
            boolean plain = tasks.size() == 1 && tasks.get(0).output().equals(Shaping.NONE);
            return plain ? tasks.get(0).body() : new Body.Do(tasks);
        }
        Task failing = Made.of("fail", pointer + "/fail", action.node(), raise(action.node()))
                .task();
        return new Body.Try(tasks, ANY, ERROR, null, null, retry.get(), List.of(failing), null);
    }

    private @Nullable Jq named(Fields action, String key) {
        return action.has(key)
                ? library.texts().condition(action.node(), errors.named(action.optional(key)), VARIABLES)
                : null;
    }

    private Body raise(Node at) {
        return new Body.Raise(of(at, "type"), of(at, "status"), of(at, "title"), of(at, "detail"));
    }

    private Template of(Node at, String member) {
        return library.texts().made(at, "$" + ERROR + "." + member, VARIABLES);
    }

    /** What the specification recommends where nothing is said. */
    private static Retry usual(@Nullable Jq when, @Nullable Jq exceptWhen) {
        return new Retry(
                when, exceptWhen, SECOND, Growth.EXPONENTIAL, DOUBLED, null, null, null, null, null, null, null);
    }

    private Optional<Retry> retry(Fields fields, @Nullable Jq when, @Nullable Jq exceptWhen) {
        int before = library.problems().count();
        fields.required("name").text();
        Optional<Span> delay = library.span(fields.optional("delay"));
        Optional<Span> longest = library.span(fields.optional("maxDelay"));
        Optional<Span> step = library.span(fields.optional("increment"));
        Optional<Double> factor = factor(fields.optional("multiplier"));
        Optional<Integer> count = count(fields);
        Optional<Span> jitter = jitter(fields.optional("jitter"), delay);
        fields.close();
        if (factor.isPresent() && step.isPresent()) {
            library.problems()
                    .add(
                            fields.keyAt("increment"),
                            fields.path("increment"),
                            "increment beside multiplier",
                            "one of both");
        }
        if (library.problems().count() > before) {
            return Optional.empty();
        }
        Growth growth = factor.isPresent() ? Growth.EXPONENTIAL : step.isPresent() ? Growth.LINEAR : Growth.CONSTANT;
        return Optional.of(new Retry(
                when,
                exceptWhen,
                delay.orElse(new Span.Fixed(Duration.ZERO)),
                growth,
                factor.orElse((double) DOUBLED),
                step.orElse(null),
                longest.orElse(null),
                jitter.isPresent() ? new Span.Fixed(Duration.ZERO) : null,
                jitter.orElse(null),
                count.orElse(null),
                null,
                null));
    }

    private Optional<Integer> count(Fields fields) {
        Field field = fields.required("maxAttempts");
        return field.node("a number of attempts, or unlimited").flatMap(at -> {
            String text = at instanceof Scalar scalar ? scalar.text() : "";
            if (text.equals("unlimited")) {
                return Optional.empty();
            }
            if (text.matches("\\d{1,4}") && Integer.parseInt(text) <= MOST) {
                return Optional.of(Integer.parseInt(text));
            }
            library.problems().add(at, at.described(), "a whole number from 0 to " + MOST + ", or unlimited");
            return Optional.empty();
        });
    }

    private Optional<Double> factor(Field field) {
        return field.node("a number")
                .flatMap(at -> number(at).filter(it -> it >= 1).or(() -> {
                    library.problems().add(at, at.described(), "a number of at least 1");
                    return Optional.empty();
                }));
    }

    private static Optional<Double> number(Node at) {
        return at instanceof Scalar scalar && scalar.text().matches("\\d{1,6}(\\.\\d{1,6})?")
                ? Optional.of(new BigDecimal(scalar.text()).doubleValue())
                : Optional.empty();
    }

    private Optional<Span> jitter(Field field, Optional<Span> delay) {
        return field.node("a duration, or a part of the delay from 0.0 to 1.0").flatMap(at -> {
            Optional<Double> part = number(at).filter(it -> it <= 1);
            if (part.isPresent()) {
                Duration whole =
                        delay.isPresent() && delay.get() instanceof Span.Fixed fixed ? fixed.duration() : Duration.ZERO;
                return Optional.of(new Span.Fixed(Duration.ofMillis((long) (whole.toMillis() * part.get()))));
            }
            Optional<Duration> duration =
                    at instanceof Scalar scalar ? IsoDuration.parse(scalar.text()) : Optional.empty();
            if (duration.isEmpty()) {
                library.problems().add(at, at.described(), "a duration, or a part of the delay from 0.0 to 1.0");
            }
            return duration.map(Span.Fixed::new);
        });
    }
}
