package dev.weft.filter;

import dev.weft.config.Node;
import dev.weft.config.Problem;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import dev.weft.filter.sql.SqlExpression;
import dev.weft.filter.sql.SqlMistake;
import dev.weft.filter.sql.SqlType;
import org.jspecify.annotations.Nullable;

/** Reads a CESQL expression that stands for a filter. */
final class SqlReader {

    private final Problems problems;
    private final int mostCombinations;

    /** @param mostCombinations into how many an expression may be multiplied out for the index's sake */
    SqlReader(Problems problems, int mostCombinations) {
        this.problems = problems;
        this.mostCombinations = mostCombinations;
    }

    /** Returns what the expression asks; null if there was a problem. */
    @Nullable
    Formula read(Node node) {
        SqlExpression expression = expression(node);
        return expression == null ? null : SqlFormula.of(expression, mostCombinations);
    }

    private @Nullable SqlExpression expression(Node node) {
        if (!(node instanceof Scalar scalar && scalar.value() instanceof String text)) {
            problems.add(node, node.described(), "a CESQL expression, text in quotes");
            return null;
        }
        try {
            SqlExpression expression = SqlExpression.parse(text);
            return isFilter(expression, node) ? expression : null;
        } catch (SqlMistake e) {
            problems.add(new Problem(node.at(), node.path(), e.found(), e.expected(), e.suggestion()));
            return null;
        }
    }

    /** What could never be true of any event is no filter that somebody means. */
    private boolean isFilter(SqlExpression expression, Node node) {
        SqlType type = expression.root().type();
        if (type != SqlType.BOOLEAN) {
            problems.add(
                    node,
                    "an expression that yields " + type,
                    type == SqlType.ANY
                            ? "a condition: attributes are text, so write " + expression + " = TRUE"
                            : "a condition, such as a comparison");
            return false;
        }
        if (expression.attributes().contains("data")) {
            problems.add(
                    node,
                    "the payload in a CESQL expression",
                    "attributes alone: the event pattern of where can ask for data");
            return false;
        }
        return true;
    }
}
