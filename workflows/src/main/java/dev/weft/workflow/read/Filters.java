package dev.weft.workflow.read;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.weft.config.Fields;
import dev.weft.config.Mapping;
import dev.weft.config.Node;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import dev.weft.event.AttributeRules;
import dev.weft.workflow.EventFilter;
import dev.weft.workflow.EventFilter.Correlation;
import dev.weft.workflow.EventFilter.Test;
import dev.weft.workflow.jq.Jq;
import dev.weft.workflow.jq.Literals;
import dev.weft.workflow.jq.Template;
import dev.weft.workflow.parts.Expressions;
import dev.weft.workflow.parts.Locals;
import dev.weft.workflow.parts.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads filters of events. The language writes constants and regular expressions alike: a text is a regular expression
 * if it has one of {@code ^ $ * [ ] ( ) | \} or {@code .+} in it, which types and sources of events rarely have.
 */
final class Filters {

    private static final java.util.regex.Pattern REGEX = java.util.regex.Pattern.compile("[\\^$*\\[\\]()|\\\\]|\\.\\+");
    private static final String ATTRIBUTE = "the name of an attribute, of lower-case letters and digits, or data";

    private final Reading reading;
    private final Problems problems;
    private final Set<String> variables;

    Filters(Reading reading, Set<String> variables) {
        this.reading = reading;
        this.problems = reading.problems();
        this.variables = variables;
    }

    /** Reads a filter and closes the fields. */
    Optional<EventFilter> read(Fields fields) {
        int before = problems.count();
        int index = reading.nextFilter();
        List<Test> tests = new ArrayList<>();
        fields.required("with").fields().ifPresent(with -> {
            if (with.members().isEmpty()) {
                problems.add(with.node(), with.node().described(), "an attribute at least, such as type");
            }
            with.members().forEach(it -> test(with, it.getKey(), it.getValue()).ifPresent(tests::add));
        });
        List<Correlation> correlations = new ArrayList<>();
        fields.optional("correlate")
                .fields()
                .ifPresent(all -> all.members()
                        .forEach(it -> correlation(it.getKey(), Fields.of(it.getValue(), problems))
                                .ifPresent(correlations::add)));
        fields.close();
        return problems.count() > before ? Optional.empty() : Optional.of(new EventFilter(index, tests, correlations));
    }

    private Optional<Test> test(Fields with, String attribute, Node at) {
        if (!attribute.equals("data") && !AttributeRules.isName(attribute)) {
            problems.add(with.keyAt(attribute), with.path(attribute), "the attribute \"" + attribute + "\"", ATTRIBUTE);
            return Optional.empty();
        }
        if (at instanceof Scalar scalar && scalar.value() instanceof String text) {
            if (Expressions.isExpression(text)) {
                return reading.expressions()
                        .jq(at, variables)
                        .map(jq -> new Test.Holds(attribute, jq, !jq.variables().isEmpty()));
            }
            return REGEX.matcher(text).find()
                    ? regex(attribute, at, text)
                    : Optional.of(new Test.Equal(attribute, text));
        }
        boolean fits = attribute.equals("data") || at instanceof Scalar scalar && scalar.value() != null;
        if (!fits || holdsExpression(at)) {
            problems.add(
                    at,
                    at.described(),
                    attribute.equals("data")
                            ? "data without expressions, or one expression for all of it, such as ${ .amount > 10 }"
                            : "text, a number, or an expression");
            return Optional.empty();
        }
        return Optional.of(new Test.Is(attribute, Literals.json(at)));
    }

    private static boolean holdsExpression(Node at) {
        if (at instanceof Mapping mapping) {
            return mapping.members().values().stream().anyMatch(Filters::holdsExpression);
        }
        if (at instanceof dev.weft.config.Sequence sequence) {
            return sequence.items().stream().anyMatch(Filters::holdsExpression);
        }
        return at instanceof Scalar scalar && scalar.value() instanceof String text && Expressions.isExpression(text);
    }

    private Optional<Test> regex(String attribute, Node at, String text) {
        try {
            return Optional.of(new Test.Matches(attribute, Pattern.compile(text).pattern()));
        } catch (PatternSyntaxException e) {
            problems.add(at, at.described(), "text, or a regular expression of RE2: " + e.getDescription());
            return Optional.empty();
        }
    }

    private Optional<Correlation> correlation(String key, Fields fields) {
        Optional<Jq> from = fields.required("from")
                .node("an expression that is asked of the event")
                .flatMap(at -> reading.expressions().jq(at, Locals.NOTHING));
        Optional<Template> expect = fields.optional("expect")
                .node("a value, or an expression")
                .flatMap(at -> reading.expressions().template(at, variables));
        fields.close();
        return from.map(it -> new Correlation(key, it, expect.orElse(null)));
    }
}
