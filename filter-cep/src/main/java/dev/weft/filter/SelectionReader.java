package dev.weft.filter;

import dev.weft.config.Fields;
import dev.weft.config.Node;
import dev.weft.config.Problems;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads which events are wanted where several languages may say so side by side: the keys {@code where} (an event
 * pattern), {@code filters} (the dialects of the CloudEvents Subscriptions API), {@code sql} (CESQL), {@code topic}
 * (levels of an attribute) and {@code when} (an expression in CEL). All that is there must agree.
 */
public final class SelectionReader {

    /** The keys that are read, in the order in which they are asked. */
    public static final List<String> KEYS = List.of("where", "filters", "sql", "topic", "when");

    private static final int USUAL_SQL_COMBINATIONS = 32;

    private final Fields fields;
    private final Problems problems;
    private Rule rule = Rule.everything();

    private SelectionReader(Fields fields, Problems problems) {
        this.fields = fields;
        this.problems = problems;
    }

    /**
     * Returns the rule that the keys of the mapping make together; one that wants every event where none of them is
     * there, one that wants none where there was a problem. The mapping may have other keys; the caller closes it.
     */
    public static Rule read(Fields fields, Problems problems) {
        return read(fields, problems, at -> CelRules.parse(at, problems));
    }

    /**
     * As {@link #read(Fields, Problems)}, where {@code when} may be more than an expression about the event.
     *
     * @param when reads what stands under {@code when}, and returns what of it can be said of the event alone
     */
    public static Rule read(Fields fields, Problems problems, Function<Node, Rule> when) {
        SelectionReader reader = new SelectionReader(fields, problems);
        int before = problems.count();
        reader.field("where", "a filter", at -> RuleParser.parse(at, problems));
        reader.formula("filters", "a list of filters", (at, most) -> new SubscriptionFilters(problems, most).read(at));
        reader.formula("sql", "a CESQL expression", (at, most) -> new SqlReader(problems, most).read(at));
        reader.field("topic", "levels such as orders/+/eu/#", at -> TopicParser.parse(at, problems));
        reader.field("when", "a CEL expression", when);
        return problems.count() > before ? Rule.nothing() : reader.rule;
    }

    /** As {@link #read}, where it is a mistake that none of the keys is there. */
    public static Rule readRequired(Fields fields, Problems problems) {
        if (KEYS.stream().noneMatch(fields::has)) {
            fields.required(KEYS.get(0)).node("a filter");
        }
        return read(fields, problems);
    }

    private void field(String key, String expected, Function<Node, Rule> reading) {
        fields.optional(key).node(expected).ifPresent(at -> {
            Rule read = reading.apply(at);
            if (isWithin(read.combinations())) {
                rule = rule.and(read);
            } else {
                reportTooMany(at, read.combinations());
            }
        });
    }

    private interface FormulaReading {
        @Nullable
        Formula read(Node at, int mostSqlCombinations);
    }

    /**
     * CESQL is multiplied out to be found quickly, and otherwise asked as it stands: it is never too large for that.
     */
    private void formula(String key, String expected, FormulaReading reading) {
        fields.optional(key).node(expected).ifPresent(at -> {
            Formula formula = reading.read(at, USUAL_SQL_COMBINATIONS);
            if (formula != null && !isWithin(formula.combinations())) {
                formula = reading.read(at, 1);
            }
            if (formula != null && isWithin(formula.combinations())) {
                rule = rule.and(formula.rule());
            } else if (formula != null) {
                reportTooMany(at, formula.combinations());
            }
        });
    }

    private boolean isWithin(long combinations) {
        return combinations <= Rule.MOST_COMBINATIONS && combinations * rule.combinations() <= Rule.MOST_COMBINATIONS;
    }

    private void reportTooMany(Node at, long combinations) {
        problems.add(
                at,
                "filters that multiply out to " + RuleParser.inWords(combinations) + " combinations"
                        + (rule.combinations() > 1
                                ? ", and " + rule.combinations() + " times as many with what stands beside them"
                                : ""),
                "at most " + Rule.MOST_COMBINATIONS + "; split the route into several");
    }
}
