package dev.weft.workflow.classic;

import dev.weft.config.Fields;
import dev.weft.config.Node;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import dev.weft.workflow.Span;
import dev.weft.workflow.parts.Reading;
import dev.weft.workflow.parts.Spans;
import java.util.Optional;
import java.util.Set;

/**
 * What the states of one document share.
 *
 * @param autoRetries whether actions are tried again though nothing says so
 * @param timeouts of all states that have none of their own
 */
record Library(
        Reading reading,
        Texts texts,
        Named functions,
        Named events,
        Named errors,
        Named retries,
        Named auth,
        boolean autoRetries,
        Timeouts timeouts) {

    Problems problems() {
        return reading.problems();
    }

    /** Returns a field as a text with its place. */
    static Optional<Scalar> name(dev.weft.config.Field field) {
        return field.text().isPresent() ? field.node("").map(Scalar.class::cast) : Optional.empty();
    }

    /** Reads a duration, which 0.8 knows from the beginning. */
    Optional<Span> span(dev.weft.config.Field field) {
        return field.node(Spans.EXPECTED).flatMap(at -> span(at, reading));
    }

    private static Optional<Span> span(Node at, Reading reading) {
        return new Spans(reading).read(at, Set.of());
    }

    /**
     * How long things may take; nothing where nothing is said.
     *
     * @param state one, with all that is tried again
     */
    record Timeouts(Optional<Span> state, Optional<Span> action, Optional<Span> branch, Optional<Span> event) {

        static final Timeouts NONE =
                new Timeouts(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

        /** Reads those that are not those of the workflow as a whole; what is not said is as {@code around} has it. */
        static Timeouts read(Fields fields, Timeouts around, Reading reading) {
            Optional<Span> state = fields.optional("stateExecTimeout")
                    .node(Spans.EXPECTED)
                    .flatMap(at -> at instanceof dev.weft.config.Mapping ? total(at, reading) : span(at, reading));
            return new Timeouts(
                    state.or(around::state),
                    of(fields, "actionExecTimeout", reading).or(around::action),
                    of(fields, "branchExecTimeout", reading).or(around::branch),
                    of(fields, "eventTimeout", reading).or(around::event));
        }

        private static Optional<Span> of(Fields fields, String key, Reading reading) {
            return fields.optional(key).node(Spans.EXPECTED).flatMap(at -> span(at, reading));
        }

        private static Optional<Span> total(Node at, Reading reading) {
            Fields fields = Fields.of(at, reading.problems());
            Optional<Span> single =
                    fields.optional("single").node(Spans.EXPECTED).flatMap(it -> span(it, reading));
            Optional<Span> total = fields.required("total").node(Spans.EXPECTED).flatMap(it -> span(it, reading));
            fields.close();
            return total.or(() -> single);
        }
    }
}
