package dev.weft.filter;

import dev.weft.config.Nearest;
import dev.weft.config.Node;
import dev.weft.config.Problem;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import dev.weft.config.Sequence;
import dev.weft.filter.NumberCondition.NumberRange.Bound;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the operand of {@code numeric}: one comparison, or a lower and an upper bound in any order. */
final class NumericReader {

    private static final List<String> COMPARISONS = List.of("=", ">", ">=", "<", "<=");
    private static final Map<String, String> OFTEN_MEANT = Map.of("==", "=", "=>", ">=", "=<", "<=");
    private static final String SHAPE = "a list such as [\">\", 0, \"<=\", 5]";

    private final Problems problems;

    NumericReader(Problems problems) {
        this.problems = problems;
    }

    @Nullable
    Condition read(Node operand) {
        if (!(operand instanceof Sequence list)) {
            problems.add(operand, operand.described(), SHAPE);
            return null;
        }
        int size = list.items().size();
        if (size != 2 && size != 4) {
            problems.add(operand, size == 0 ? "an empty list" : "a list of " + size, SHAPE);
            return null;
        }
        Comparison first = comparison(list.items().get(0), list.items().get(1));
        Comparison second =
                size == 2 ? null : comparison(list.items().get(2), list.items().get(3));
        if (first == null || (second == null && size == 4)) {
            return null;
        }
        return second == null ? one(first) : range(list, first, second);
    }

    private record Comparison(String sign, BigDecimal number) {

        boolean isEquality() {
            return sign.equals("=");
        }

        boolean isLower() {
            return sign.startsWith(">");
        }

        Bound bound() {
            return new Bound(number, sign.endsWith("="));
        }

        @Override
        public String toString() {
            return sign + " " + number;
        }
    }

    private @Nullable Comparison comparison(Node sign, Node number) {
        String known = sign(sign);
        if (number instanceof Scalar scalar && scalar.value() instanceof BigDecimal value) {
            return known == null ? null : new Comparison(known, value);
        }
        problems.add(number, number.described(), "a number without quotes");
        return null;
    }

    private @Nullable String sign(Node node) {
        if (node instanceof Scalar scalar && scalar.value() instanceof String text && COMPARISONS.contains(text)) {
            return text;
        }
        String typed = node instanceof Scalar scalar ? scalar.text() : "";
        problems.add(new Problem(
                node.at(),
                node.path(),
                node.described(),
                Nearest.list(COMPARISONS) + (typed.equals("!=") ? "; anything-but asks for any other number" : ""),
                Optional.ofNullable(OFTEN_MEANT.get(typed))));
        return null;
    }

    private static Condition one(Comparison only) {
        if (only.isEquality()) {
            return new NumberCondition.NumberIs(only.number());
        }
        return only.isLower()
                ? new NumberCondition.NumberRange(only.bound(), null)
                : new NumberCondition.NumberRange(null, only.bound());
    }

    private @Nullable Condition range(Sequence list, Comparison first, Comparison second) {
        if (first.isEquality() || second.isEquality() || first.isLower() == second.isLower()) {
            problems.add(list, first + " and " + second, "one lower and one upper bound, or \"=\" alone");
            return null;
        }
        Comparison lower = first.isLower() ? first : second;
        Comparison upper = first.isLower() ? second : first;
        if (lower.number().compareTo(upper.number()) >= 0) {
            problems.add(
                    list, "an empty range, " + lower + " and " + upper, "a lower bound that is below the upper bound");
            return null;
        }
        return new NumberCondition.NumberRange(lower.bound(), upper.bound());
    }
}
