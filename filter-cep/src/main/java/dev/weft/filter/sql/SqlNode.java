package dev.weft.filter.sql;

import java.util.List;

/**
 * An expression as a tree. {@link #evaluate} never throws: it returns a {@code String}, an {@code Integer}, a
 * {@code Boolean} or a {@link Failure}, and ends with the first failure.
 */
public sealed interface SqlNode permits SqlNode.Operand, SqlNode.Operation, Logic, Arithmetic {

    /** The tightness of operands. */
    int TIGHTEST = 9;

    /** Returns the expression's value of an event with these attributes. */
    Object evaluate(Attributes attributes);

    /** Returns the type of the value. */
    SqlType type();

    /** Returns the expressions that this one is made of. */
    List<SqlNode> children();

    /** Returns how tightly the operator binds, as section 3.6 of the specification orders them; more is tighter. */
    int tightness();

    /** Appends the expression, with the parentheses it needs and no others. */
    void writeTo(StringBuilder into);

    /** What has no operator, or none that parts of it could be taken for the operand of. */
    sealed interface Operand extends SqlNode permits Literal, Attribute, Exists, Call {

        @Override
        default int tightness() {
            return TIGHTEST;
        }
    }

    /** What tests an operand. */
    sealed interface Operation extends SqlNode permits Comparison, Like, In {

        @Override
        default SqlType type() {
            return SqlType.BOOLEAN;
        }
    }

    /**
     * A value that is written out.
     *
     * @param value a String, an Integer or a Boolean
     */
    record Literal(Object value) implements Operand {

        @Override
        public Object evaluate(Attributes attributes) {
            return value;
        }

        @Override
        public SqlType type() {
            return SqlType.of(value);
        }

        @Override
        public List<SqlNode> children() {
            return List.of();
        }

        @Override
        public void writeTo(StringBuilder into) {
            into.append(value instanceof String text ? SqlText.quoted(text) : SqlText.literal(value));
        }
    }

    /**
     * The value of an attribute.
     *
     * @param missing what it is where the event lacks the attribute
     */
    record Attribute(String name, Failure missing) implements Operand {

        Attribute(String name) {
            this(name, Failure.missing(name));
        }

        @Override
        public Object evaluate(Attributes attributes) {
            Object value = attributes.get(name);
            return value == null ? missing : value;
        }

        @Override
        public SqlType type() {
            return SqlType.ANY;
        }

        @Override
        public List<SqlNode> children() {
            return List.of();
        }

        @Override
        public void writeTo(StringBuilder into) {
            into.append(name);
        }
    }

    /** Whether the event has an attribute. */
    record Exists(String name) implements Operand {

        @Override
        public Object evaluate(Attributes attributes) {
            return attributes.get(name) != null;
        }

        @Override
        public SqlType type() {
            return SqlType.BOOLEAN;
        }

        @Override
        public List<SqlNode> children() {
            return List.of();
        }

        @Override
        public void writeTo(StringBuilder into) {
            into.append("EXISTS ").append(name);
        }
    }
}
