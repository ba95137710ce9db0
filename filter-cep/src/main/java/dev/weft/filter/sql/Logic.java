package dev.weft.filter.sql;

import java.util.List;

/** Conditions joined to conditions. Operands that are none are cast. */
public sealed interface Logic extends SqlNode {

    int LOOSEST = 1;
    int NOT = 8;

    @Override
    default SqlType type() {
        return SqlType.BOOLEAN;
    }

    /** Returns the operand as a Boolean, or a failure. */
    private static Object condition(SqlNode operand, Attributes attributes) {
        Object value = operand.evaluate(attributes);
        return value instanceof Failure ? value : SqlType.BOOLEAN.cast(value);
    }

    /** {@code NOT x}. */
    record Not(SqlNode of) implements Logic {

        @Override
        public Object evaluate(Attributes attributes) {
            Object value = condition(of, attributes);
            return value instanceof Boolean flag ? (Object) !flag : value;
        }

        @Override
        public List<SqlNode> children() {
            return List.of(of);
        }

        @Override
        public int tightness() {
            return NOT;
        }

        @Override
        public void writeTo(StringBuilder into) {
            into.append("NOT ");
            SqlText.operand(of, NOT, into);
        }
    }

    /** {@code x AND y AND ...}: ends with the first that is false or fails. */
    record And(List<SqlNode> parts) implements Logic {

        public And {
            parts = List.copyOf(parts);
        }

        @Override
        public Object evaluate(Attributes attributes) {
            for (int i = 0; i < parts.size(); i++) {
                Object value = condition(parts.get(i), attributes);
                if (!Boolean.TRUE.equals(value)) {
                    return value;
                }
            }
            return true;
        }

        @Override
        public List<SqlNode> children() {
            return parts;
        }

        @Override
        public int tightness() {
            return LOOSEST;
        }

        @Override
        public void writeTo(StringBuilder into) {
            write(parts, " AND ", into);
        }
    }

    /** {@code x OR y OR ...}: ends with the first that is true or fails. */
    record Or(List<SqlNode> parts) implements Logic {

        public Or {
            parts = List.copyOf(parts);
        }

        @Override
        public Object evaluate(Attributes attributes) {
            for (int i = 0; i < parts.size(); i++) {
                Object value = condition(parts.get(i), attributes);
                if (!Boolean.FALSE.equals(value)) {
                    return value;
                }
            }
            return false;
        }

        @Override
        public List<SqlNode> children() {
            return parts;
        }

        @Override
        public int tightness() {
            return LOOSEST;
        }

        @Override
        public void writeTo(StringBuilder into) {
            write(parts, " OR ", into);
        }
    }

    /** {@code x XOR y XOR ...}: true of an odd number of parts. */
    record Xor(List<SqlNode> parts) implements Logic {

        public Xor {
            parts = List.copyOf(parts);
        }

        @Override
        public Object evaluate(Attributes attributes) {
            boolean odd = false;
            for (int i = 0; i < parts.size(); i++) {
                Object value = condition(parts.get(i), attributes);
                if (value instanceof Failure) {
                    return value;
                }
                odd ^= (Boolean) value;
            }
            return odd;
        }

        @Override
        public List<SqlNode> children() {
            return parts;
        }

        @Override
        public int tightness() {
            return LOOSEST;
        }

        @Override
        public void writeTo(StringBuilder into) {
            write(parts, " XOR ", into);
        }
    }

    /** The three bind alike, from left to right, which few expect: so what one joins of another stands apart. */
    private static void write(List<SqlNode> parts, String operator, StringBuilder into) {
        for (int i = 0; i < parts.size(); i++) {
            into.append(i == 0 ? "" : operator);
            SqlText.operand(parts.get(i), LOOSEST + 1, into);
        }
    }
}
