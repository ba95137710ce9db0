package dev.weft.filter.sql;

import java.io.InvalidObjectException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * An expression in CESQL, the CloudEvents expression language, version 1.0.0.
 *
 * <p>Immutable and safe to share between threads. Two are equal when they are read alike. It is serialized as its text.
 *
 * <p>Where the specification leaves a choice: evaluation ends with the first failure (4.1, "fail fast mode"); numbers
 * beyond 32 bits are math failures; a character is a code point; a sign that touches a number is part of it, and one
 * behind an operand is an operator all the same.
 *
 * @see <a href="https://github.com/cloudevents/spec/blob/cesql/v1.0.0/cesql/spec.md">The specification</a>
 */
public final class SqlExpression implements Serializable {

    private static final long serialVersionUID = 1;

    /** No expression that a person wrote, or that was made of one, is nearly as long. */
    private static final int LONGEST = 200_000;

    private final String text;
    private final transient SqlNode root;
    private final transient String canonical;

    private SqlExpression(String text, SqlNode root) {
        this.text = text;
        this.root = root;
        StringBuilder written = new StringBuilder();
        root.writeTo(written);
        this.canonical = written.toString();
    }

    /**
     * Reads an expression.
     *
     * @throws SqlMistake if the text is none, calls a function that does not exist, or is too long or too deep to be
     *     evaluated in bounded time and memory
     */
    public static SqlExpression parse(String text) throws SqlMistake {
        if (text.length() > LONGEST) {
            throw new SqlMistake(
                    "character 1",
                    "an expression of " + text.length() + " characters",
                    "at most " + LONGEST,
                    Optional.empty(),
                    false);
        }
        return new SqlExpression(text, Parser.parse(text));
    }

    /** Returns the expression that a part of another one is. */
    public static SqlExpression of(SqlNode node) {
        StringBuilder written = new StringBuilder();
        node.writeTo(written);
        return new SqlExpression(written.toString(), node);
    }

    /** Returns the value for an event with these attributes: a String, an Integer, a Boolean or a {@link Failure}. */
    public Object evaluate(Attributes attributes) {
        return root.evaluate(attributes);
    }

    /** Returns the value that the specification gives to an expression that failed, beside the error. */
    public Object valueOf(Failure failure) {
        Object value = failure.value();
        boolean isItsOwn = nodes().stream().filter(Call.class::isInstance).count() == 1 && root instanceof Call;
        return value != null && isItsOwn ? value : root.type().zero();
    }

    /** Returns what is evaluated. */
    public SqlNode root() {
        return root;
    }

    /** Returns the names of the attributes that the expression reads or asks for. */
    public Set<String> attributes() {
        Set<String> names = new TreeSet<>();
        for (SqlNode node : nodes()) {
            if (node instanceof SqlNode.Attribute attribute) {
                names.add(attribute.name());
            } else if (node instanceof SqlNode.Exists exists) {
                names.add(exists.name());
            }
        }
        return names;
    }

    private List<SqlNode> nodes() {
        List<SqlNode> nodes = new ArrayList<>(List.of(root));
        for (int i = 0; i < nodes.size(); i++) {
            nodes.addAll(nodes.get(i).children());
        }
        return nodes;
    }

    private Object readResolve() throws InvalidObjectException {
        try {
            return parse(text);
        } catch (SqlMistake e) {
            throw new InvalidObjectException(e.getMessage());
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SqlExpression that && canonical.equals(that.canonical);
    }

    @Override
    public int hashCode() {
        return canonical.hashCode();
    }

    /**
     * Returns the expression on one line, as it was understood: with the parentheses that the order of operators leaves
     * out.
     */
    @Override
    public String toString() {
        return canonical;
    }
}
