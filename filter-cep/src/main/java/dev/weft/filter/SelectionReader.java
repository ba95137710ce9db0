package dev.weft.filter;

import dev.weft.config.Field;
import dev.weft.config.Fields;
import dev.weft.config.Node;
import dev.weft.config.Problems;
import java.util.List;

/**
 * Reads which events are wanted where several languages may say so side by side: the keys {@code where} (an event
 * pattern), {@code filters} (the dialects of the CloudEvents Subscriptions API) and {@code when} (an expression in
 * CEL). All that is there must agree.
 */
public final class SelectionReader {

    /** The keys that are read, in the order in which they are asked. */
    public static final List<String> KEYS = List.of("where", "filters", "when");

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
        SelectionReader reader = new SelectionReader(fields, problems);
        int before = problems.count();
        reader.field("where", "a filter", at -> RuleParser.parse(at, problems));
        reader.field("filters", "a list of filters", reader::filters);
        reader.field("when", "a CEL expression", at -> CelRules.parse(at, problems));
        return problems.count() > before ? Rule.nothing() : reader.rule;
    }

    /** As {@link #read}, where it is a mistake that none of the keys is there. */
    public static Rule readRequired(Fields fields, Problems problems) {
        if (KEYS.stream().noneMatch(fields::has)) {
            fields.required(KEYS.get(0)).node("a filter");
        }
        return read(fields, problems);
    }

    private interface Reading {
        Rule read(Node at);
    }

    private void field(String key, String expected, Reading reading) {
        Field field = fields.optional(key);
        field.node(expected).ifPresent(at -> add(at, reading.read(at)));
    }

    private void add(Node at, Rule read) {
        long combinations = (long) rule.combinations() * read.combinations();
        if (combinations > Rule.MOST_COMBINATIONS) {
            problems.add(
                    at,
                    "a filter that multiplies out to " + combinations + " combinations with those beside it",
                    "at most " + Rule.MOST_COMBINATIONS + "; split the route into several");
        } else {
            rule = rule.and(read);
        }
    }

    private Rule filters(Node at) {
        Formula formula = new SubscriptionFilters(problems).read(at);
        if (formula == null) {
            return Rule.nothing();
        }
        long combinations = formula.combinations();
        if (combinations > Rule.MOST_COMBINATIONS) {
            problems.add(
                    at,
                    "filters that multiply out to " + RuleParser.inWords(combinations) + " combinations",
                    "at most " + Rule.MOST_COMBINATIONS + "; split the route into several");
            return Rule.nothing();
        }
        return formula.rule();
    }
}
