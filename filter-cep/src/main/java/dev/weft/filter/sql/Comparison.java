package dev.weft.filter.sql;

import java.util.List;

/** {@code x = y} and the like. The right operand's type is what the left one is cast to; order is of numbers only. */
public record Comparison(Operator operator, SqlNode left, SqlNode right) implements SqlNode.Operation {

    static final int TIGHTNESS = 2;

    /** What is asked of two values. */
    public enum Operator {
        EQUAL("="),
        NOT_EQUAL("!="),
        LESS("<"),
        LESS_OR_EQUAL("<="),
        GREATER(">"),
        GREATER_OR_EQUAL(">=");

        private final String symbol;

        Operator(String symbol) {
            this.symbol = symbol;
        }

        private boolean isOfOrder() {
            return compareTo(LESS) >= 0;
        }

        private boolean holds(int order) {
            return switch (this) {
                case EQUAL -> order == 0;
                case NOT_EQUAL -> order != 0;
                case LESS -> order < 0;
                case LESS_OR_EQUAL -> order <= 0;
                case GREATER -> order > 0;
                case GREATER_OR_EQUAL -> order >= 0;
            };
        }
    }

    @Override
    public Object evaluate(Attributes attributes) {
        Object one = left.evaluate(attributes);
        if (one instanceof Failure) {
            return one;
        }
        Object other = right.evaluate(attributes);
        if (other instanceof Failure) {
            return other;
        }
        SqlType type = operator.isOfOrder() ? SqlType.INTEGER : SqlType.of(other);
        Object first = type.cast(one);
        if (first instanceof Failure) {
            return first;
        }
        Object second = type.cast(other);
        if (second instanceof Failure) {
            return second;
        }
        return operator.isOfOrder()
                ? operator.holds(((Integer) first).compareTo((Integer) second))
                : operator.holds(first.equals(second) ? 0 : 1);
    }

    @Override
    public List<SqlNode> children() {
        return List.of(left, right);
    }

    @Override
    public int tightness() {
        return TIGHTNESS;
    }

    @Override
    public void writeTo(StringBuilder into) {
        SqlText.compared(left, TIGHTNESS, into);
        into.append(' ').append(operator.symbol).append(' ');
        SqlText.compared(right, TIGHTNESS + 1, into);
    }
}
