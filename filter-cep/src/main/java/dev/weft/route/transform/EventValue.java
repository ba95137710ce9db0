package dev.weft.route.transform;

import dev.weft.config.Node;
import dev.weft.config.Problem;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import java.io.Serializable;
import java.util.Optional;

/**
 * A value of an event by its name, as a variable of a template has it between its braces: {@code subject},
 * {@code data.orderId}, {@code data.items[0].sku}, {@code data['odd name']}. {@link EventValues} reads it.
 *
 * <p>Immutable. Serializable, so that it can travel in a job graph. Two are equal when they are written alike.
 */
public final class EventValue implements Serializable {

    private static final long serialVersionUID = 1;

    private static final String EXPECTED = "an attribute (lower-case letters and digits), data,"
            + " or a path such as data.items[0].sku or data['odd name']";

    private final Variable.Named variable;
    private final String written;

    private EventValue(Variable.Named variable, String written) {
        this.variable = variable;
        this.written = written;
    }

    /** Returns the value that {@code at} names; nothing if that is no such name, which is a problem. */
    public static Optional<EventValue> parse(Node at, Problems problems) {
        if (!(at instanceof Scalar scalar && scalar.value() instanceof String text)) {
            problems.add(at, at.described(), EXPECTED);
            return Optional.empty();
        }
        Optional<Variable.Named> variable = TextTemplateReader.variable(text);
        if (variable.isEmpty()) {
            problems.add(new Problem(at.at(), at.path(), at.described(), EXPECTED, nearest(text)));
        }
        return variable.map(it -> new EventValue(it, text));
    }

    /** Whoever knows templates may write the braces too. */
    private static Optional<String> nearest(String text) {
        boolean braced = text.startsWith("${") && text.endsWith("}");
        String inside = braced ? text.substring(2, text.length() - 1) : text;
        return braced && TextTemplateReader.variable(inside).isPresent()
                ? Optional.of(inside)
                : TextTemplateReader.nearestTo(inside);
    }

    Variable.Named variable() {
        return variable;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EventValue that && written.equals(that.written);
    }

    @Override
    public int hashCode() {
        return written.hashCode();
    }

    /** Returns the name as it was written. */
    @Override
    public String toString() {
        return written;
    }
}
