package dev.weft.workflow.read;

import dev.weft.config.Fields;
import dev.weft.config.Mapping;
import dev.weft.config.Node;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import dev.weft.config.Sequence;
import dev.weft.workflow.Await;
import dev.weft.workflow.EventFilter;
import dev.weft.workflow.jq.Jq;
import dev.weft.workflow.parts.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads which events are waited for: one, any or all, and until when. */
final class Awaits {

    private static final List<String> KINDS = List.of("one", "any", "all");
    private static final String UNTIL = "an expression, or events";

    private final Reading reading;
    private final Problems problems;
    private final Set<String> variables;
    private final Filters filters;

    /**
     * Begins to read.
     *
     * @param variables what expressions of filters may use of the instance; none where events make instances
     */
    Awaits(Reading reading, Set<String> variables) {
        this.reading = reading;
        this.problems = reading.problems();
        this.variables = variables;
        this.filters = new Filters(reading, variables);
    }

    /** Reads them and closes the fields. */
    Optional<Await> read(Fields fields) {
        return read(fields, true);
    }

    private Optional<Await> read(Fields fields, boolean until) {
        int before = problems.count();
        List<String> kinds = KINDS.stream().filter(fields::has).toList();
        if (kinds.size() > 1) {
            KINDS.forEach(fields::optional);
            problems.add(
                    fields.keyAt(kinds.get(1)),
                    fields.path(kinds.get(1)),
                    kinds.get(1) + " beside " + kinds.get(0),
                    "one of both");
            return Optional.empty();
        }
        Optional<Await> await = Optional.empty();
        if (fields.has("all")) {
            await = Optional.of(new Await(
                    Await.Kind.ALL,
                    all(fields.optional("all").items("a filter of events").orElse(List.of())),
                    null));
        } else if (fields.has("any")) {
            List<EventFilter> any = fields.optional("any")
                    .node("a list of filters of events")
                    .map(this::any)
                    .orElse(List.of());
            Optional<Await.Until> end = until && fields.has("until")
                    ? fields.optional("until").node(UNTIL).flatMap(this::until)
                    : Optional.empty();
            await = Optional.of(new Await(Await.Kind.ANY, any, end.orElse(null)));
        } else {
            fields.optional("all");
            fields.optional("any");
            await = fields.required("one")
                    .node("a filter of events, or any or all with a list of them")
                    .map(at -> Fields.of(at, problems))
                    .flatMap(filters::read)
                    .map(it -> new Await(Await.Kind.ONE, List.of(it), null));
        }
        fields.close();
        return problems.count() > before ? Optional.empty() : await;
    }

    private List<EventFilter> any(Node at) {
        if (at instanceof Sequence sequence) {
            return all(sequence.items());
        }
        problems.add(at, at.described(), "a list of filters of events");
        return List.of();
    }

    private List<EventFilter> all(List<Node> items) {
        List<EventFilter> read = new ArrayList<>();
        items.forEach(item -> filters.read(Fields.of(item, problems)).ifPresent(read::add));
        return read;
    }

    private Optional<Await.Until> until(Node at) {
        if (at instanceof Mapping) {
            return read(Fields.of(at, problems), false).map(Await.Until.Events::new);
        }
        if (at instanceof Scalar scalar && Boolean.FALSE.equals(scalar.value())) {
            return Optional.of(new Await.Until.Never());
        }
        Optional<Jq> condition = reading.expressions().jq(at, variables);
        return condition.map(
                it -> it.text().strip().equals("false") ? new Await.Until.Never() : new Await.Until.True(it));
    }
}
