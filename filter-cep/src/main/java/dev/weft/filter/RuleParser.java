package dev.weft.filter;

import dev.weft.config.Node;
import dev.weft.config.Problems;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads rules in the language of {@code docs/filter-language.md}: event patterns, whose top level names CloudEvents
 * attributes and {@code data}.
 */
public final class RuleParser {

    private RuleParser() {}

    /**
     * Returns the rule that {@code where} writes. Never throws: every mistake is added to {@code problems}, all at
     * once, and if there was any the rule returned wants no event.
     */
    public static Rule parse(Node where, Problems problems) {
        int before = problems.count();
        Part part = new PatternReader(problems).read(where);
        if (part == null || problems.count() > before) {
            return Rule.nothing();
        }
        long combinations = part.combinations();
        if (combinations > Rule.MOST_COMBINATIONS) {
            problems.add(
                    where,
                    "$or that multiplies out to " + inWords(combinations) + " combinations",
                    "at most " + Rule.MOST_COMBINATIONS + "; split the rule into several");
            return Rule.nothing();
        }
        ConjunctionBuilder builder = new ConjunctionBuilder(problems);
        List<Conjunction> conjunctions = new ArrayList<>();
        part.expanded().forEach(fields -> conjunctions.add(builder.build(fields)));
        return problems.count() > before ? Rule.nothing() : Rule.anyOf(conjunctions);
    }

    static String inWords(long combinations) {
        return combinations == Long.MAX_VALUE ? "more than any number of" : String.valueOf(combinations);
    }
}
