package dev.weft.workflow.read;

import dev.weft.config.Fields;
import dev.weft.config.Node;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import dev.weft.workflow.Body;
import dev.weft.workflow.Task;
import dev.weft.workflow.Then;
import dev.weft.workflow.jq.Jq;
import dev.weft.workflow.jq.Template;
import dev.weft.workflow.parts.Expressions;
import dev.weft.workflow.parts.Locals;
import dev.weft.workflow.parts.Reading;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads tasks that fail on purpose, or do something where others fail. */
final class ErrorBodies {

    private static final int LOWEST_STATUS = 100;
    private static final int HIGHEST_STATUS = 599;

    private final Reading reading;
    private final Problems problems;
    private final Uses uses;
    private final TaskLists lists;
    private final Thens thens;

    ErrorBodies(Reading reading, Uses uses, TaskLists lists, Thens thens) {
        this.reading = reading;
        this.problems = reading.problems();
        this.uses = uses;
        this.lists = lists;
        this.thens = thens;
    }

    Optional<Body> raise(Fields fields, Place place) {
        return fields.required("raise").fields().flatMap(raise -> {
            Optional<Fields> error = raise.required("error")
                    .node("an error, or the name of one of use.errors")
                    .flatMap(uses::error);
            raise.close();
            return error.flatMap(it -> error(it, place.locals().body()));
        });
    }

    private Optional<Body> error(Fields fields, Set<String> variables) {
        int before = problems.count();
        Optional<Template> type = text(fields, "type", variables);
        if (!fields.has("type")) {
            fields.required("type").text();
        }
        Optional<Template> status = fields.required("status")
                .node("a status, such as 400")
                .filter(this::isStatus)
                .flatMap(at -> reading.expressions().template(at, variables));
        Optional<Template> title = text(fields, "title", variables);
        Optional<Template> detail = text(fields, "detail", variables);
        fields.optional("instance")
                .text()
                .ifPresent(instance -> reading.warn(
                        fields.keyAt("instance"),
                        fields.path("instance"),
                        "the instance \"" + instance + "\" of an error",
                        "nothing: it always is the place of the task"));
        fields.close();
        return problems.count() > before
                ? Optional.empty()
                : type.flatMap(
                        it -> status.map(code -> new Body.Raise(it, code, title.orElse(null), detail.orElse(null))));
    }

    private Optional<Template> text(Fields fields, String key, Set<String> variables) {
        return fields.optional(key).text().isPresent()
                ? fields.optional(key)
                        .node("text")
                        .flatMap(at -> reading.expressions().template(at, variables))
                : Optional.empty();
    }

    private boolean isStatus(Node at) {
        boolean fits = at instanceof Scalar scalar
                && (scalar.value() instanceof String text && Expressions.isExpression(text)
                        || scalar.value() instanceof BigDecimal number
                                && number.stripTrailingZeros().scale() <= 0
                                && number.compareTo(BigDecimal.valueOf(LOWEST_STATUS)) >= 0
                                && number.compareTo(BigDecimal.valueOf(HIGHEST_STATUS)) <= 0);
        if (!fits) {
            problems.add(at, at.described(), "a whole number from 100 to 599, or an expression ${ ... }");
        }
        return fits;
    }

    Optional<Body> attempt(Fields fields, Place place) {
        List<Task> tasks = lists.sequence(fields.required("try"), place.below("try"), place.locals(), place.extended());
        return fields.required("catch").fields().map(handling -> {
            Body.ErrorMatch matches = handling.optional("errors")
                    .fields()
                    .map(this::errors)
                    .orElse(new Body.ErrorMatch(null, null, null, null, null));
            String as = new VariableNames(problems).read(handling.optional("as"), "error");
            Locals inside = place.locals().with(as);
            Optional<Jq> when = condition(handling, "when", inside);
            Optional<Jq> exceptWhen = condition(handling, "exceptWhen", inside);
            Optional<Body.Retry> retry = handling.optional("retry")
                    .node("a retry, or the name of one of use.retries")
                    .flatMap(uses::retry)
                    .flatMap(it -> new Retries(reading, inside.body()).read(it));
            List<Task> handler = handling.has("do")
                    ? lists.sequence(handling.optional("do"), place.below("catch", "do"), inside, place.extended())
                    : List.of();
            Optional<Then> then = thens.optional(handling, place);
            handling.close();
            return new Body.Try(
                    tasks,
                    matches,
                    as,
                    when.orElse(null),
                    exceptWhen.orElse(null),
                    retry.orElse(null),
                    handler,
                    then.orElse(null));
        });
    }

    private Optional<Jq> condition(Fields fields, String key, Locals locals) {
        return fields.optional(key)
                .node("an expression")
                .flatMap(at -> reading.expressions().jq(at, locals.body()));
    }

    private Body.ErrorMatch errors(Fields errors) {
        Optional<Fields> with = errors.required("with").fields();
        errors.close();
        Body.ErrorMatch matches = with.map(it -> new Body.ErrorMatch(
                        it.optional("type").text().orElse(null),
                        it.optional("status")
                                .integer(LOWEST_STATUS, HIGHEST_STATUS)
                                .orElse(null),
                        it.optional("instance").text().orElse(null),
                        it.optional("title").text().orElse(null),
                        it.optional("detail")
                                .text()
                                .or(() -> it.optional("details").text())
                                .orElse(null)))
                .orElse(new Body.ErrorMatch(null, null, null, null, null));
        with.ifPresent(Fields::close);
        return matches;
    }
}
