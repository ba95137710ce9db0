package dev.weft.benchmarks.matching;

import io.cloudevents.CloudEvent;
import io.cloudevents.sql.Expression;
import io.cloudevents.sql.Parser;
import io.cloudevents.sql.Result;
import java.util.BitSet;
import java.util.List;

/** Asks the library one expression after the other. Made by {@link CesqlSdk#of}, in a class loader of its own. */
public final class CesqlExpressions implements CesqlSdk {

    private final List<Expression> expressions;

    public CesqlExpressions(List<String> texts) {
        expressions = texts.stream().map(Parser::parseDefault).toList();
    }

    @Override
    public int count(CloudEvent event) {
        int matched = 0;
        for (Expression expression : expressions) {
            matched += isTrue(expression, event) ? 1 : 0;
        }
        return matched;
    }

    @Override
    public BitSet matched(CloudEvent event) {
        BitSet matched = new BitSet();
        for (int i = 0; i < expressions.size(); i++) {
            matched.set(i, isTrue(expressions.get(i), event));
        }
        return matched;
    }

    private static boolean isTrue(Expression expression, CloudEvent event) {
        Result result = expression.evaluate(event);
        return !result.isFailed() && Boolean.TRUE.equals(result.value());
    }
}
