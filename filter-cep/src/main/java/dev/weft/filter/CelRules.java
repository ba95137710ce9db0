package dev.weft.filter;

import dev.weft.config.Node;
import dev.weft.config.Problems;
import dev.weft.filter.cel.CelExpression;
import dev.weft.filter.cel.CelTest;
import java.util.List;

/** Reads rules that are expressions in CEL, as {@code docs/filter-language.md} describes them. */
public final class CelRules {

    private CelRules() {}

    /** Returns the rule that {@code when} writes; one that wants nothing if there is a mistake, which is a problem. */
    public static Rule parse(Node when, Problems problems) {
        return CelExpression.condition(when, problems).map(CelRules::rule).orElse(Rule.nothing());
    }

    /**
     * Returns what the expression asks of single attributes at least. It can be asked where the whole cannot, because
     * that names more than the event.
     */
    public static Rule necessary(CelExpression expression) {
        return Rule.anyOf(List.of(new Conjunction(tests(expression), null, List.of(), List.of())));
    }

    /** The tests are the expression's own, once more: an index can tell by them that it need not be asked. */
    private static Rule rule(CelExpression expression) {
        return Rule.anyOf(
                List.of(new Conjunction(tests(expression), null, List.of(), List.of(new CelResidual(expression)))));
    }

    private static List<AttributeTest> tests(CelExpression expression) {
        return expression.tests().stream().map(CelRules::test).distinct().toList();
    }

    private static AttributeTest test(CelTest test) {
        List<Condition> anyOf = switch (test.how()) {
            case IS -> List.of(TextCondition.TextIn.of(test.texts()));
            case STARTS_WITH ->
                test.texts().stream().<Condition>map(TextCondition.Prefix::new).toList();
            case ENDS_WITH ->
                test.texts().stream().<Condition>map(TextCondition.Suffix::new).toList();
        };
        return new AttributeTest(test.attribute(), new Alternatives(anyOf));
    }
}
