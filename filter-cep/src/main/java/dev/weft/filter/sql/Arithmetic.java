package dev.weft.filter.sql;

import java.util.List;
import java.util.function.LongBinaryOperator;

/**
 * Numbers reckoned with. A result that no 32 bits hold is a math failure: the specification leaves it open, and has
 * {@code ABS} say so of the one case it knows.
 */
public sealed interface Arithmetic extends SqlNode {

    int MINUS = 7;

    @Override
    default SqlType type() {
        return SqlType.INTEGER;
    }

    private static Object within(long result) {
        return result == (int) result ? (Object) (int) result : Failure.math(result + " is beyond 32 bits");
    }

    /** The binary operators. */
    enum Operator {
        TIMES("*", 4, (x, y) -> x * y),
        DIVIDED_BY("/", 4, (x, y) -> x / y),
        MODULO("%", 4, (x, y) -> x % y),
        PLUS("+", 3, (x, y) -> x + y),
        MINUS("-", 3, (x, y) -> x - y);

        private static final Failure BY_ZERO = Failure.math("division by zero");

        private final String symbol;
        final int tightness;
        private final LongBinaryOperator result;

        Operator(String symbol, int tightness, LongBinaryOperator result) {
            this.symbol = symbol;
            this.tightness = tightness;
            this.result = result;
        }

        private Object of(int x, int y) {
            return y == 0 && (this == DIVIDED_BY || this == MODULO) ? BY_ZERO : within(result.applyAsLong(x, y));
        }
    }

    /** {@code x + y} and the like. */
    record Binary(Operator operator, SqlNode left, SqlNode right) implements Arithmetic {

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
            Object x = SqlType.INTEGER.cast(one);
            if (x instanceof Failure) {
                return x;
            }
            Object y = SqlType.INTEGER.cast(other);
            return y instanceof Failure ? y : operator.of((Integer) x, (Integer) y);
        }

        @Override
        public List<SqlNode> children() {
            return List.of(left, right);
        }

        @Override
        public int tightness() {
            return operator.tightness;
        }

        @Override
        public void writeTo(StringBuilder into) {
            SqlText.compared(left, operator.tightness, into);
            into.append(' ').append(operator.symbol).append(' ');
            SqlText.compared(right, operator.tightness + 1, into);
        }
    }

    /** {@code -x}. */
    record Minus(SqlNode of) implements Arithmetic {

        @Override
        public Object evaluate(Attributes attributes) {
            Object value = of.evaluate(attributes);
            Object number = value instanceof Failure ? value : SqlType.INTEGER.cast(value);
            return number instanceof Failure ? number : within(-(long) (Integer) number);
        }

        @Override
        public List<SqlNode> children() {
            return List.of(of);
        }

        @Override
        public int tightness() {
            return MINUS;
        }

        @Override
        public void writeTo(StringBuilder into) {
            into.append("- ");
            SqlText.operand(of, MINUS, into);
        }
    }
}
