package dev.weft.filter.cel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import dev.weft.config.Node;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import dev.weft.event.EventView;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An expression in the Common Expression Language (github.com/google/cel-spec), asked of one event after the other.
 * {@code docs/filter-language.md} lists its variables and what of the language is left out.
 *
 * <p>It is parsed and checked by Google's library and calculated here, because a rule must not be able to hold up a
 * stream: the library limits how often a comprehension goes round, and nothing else. Here every step is paid for, and
 * an expression that takes more than {@value Run#MOST_STEPS} has no value.
 *
 * <p>Immutable, and safe to share between threads. Serializable, so that it can travel in a job graph: its text goes,
 * and is compiled again where it arrives. Two are equal when their texts and uses are.
 */
public final class CelExpression implements Serializable {

    private static final long serialVersionUID = 1;

    private final String text;
    private final Use use;
    private final Scope scope;
    private final List<List<String>> wantedPaths;
    private final List<String> attributes;
    private final List<CelTest> tests;
    private final Map<String, List<List<String>>> wantedOfNames;
    private transient volatile @Nullable Program program;

    CelExpression(String text, Use use, Scope scope, Program program) {
        this.text = text;
        this.use = use;
        this.scope = scope;
        this.wantedPaths = program.reads().paths();
        this.attributes = program.reads().attributes();
        this.tests = program.tests();
        this.wantedOfNames = program.reads().named();
        this.program = program;
    }

    /** Reads an expression that says yes or no; nothing if it cannot be, and each mistake in it is a problem. */
    public static Optional<CelExpression> condition(Node at, Problems problems) {
        return condition(at, Scope.EVENT, problems);
    }

    /** As {@link #condition(Node, Problems)}, of an expression that can name what is in the scope. */
    public static Optional<CelExpression> condition(Node at, Scope scope, Problems problems) {
        if (at instanceof Scalar scalar && scalar.value() instanceof String) {
            return CelReader.read(scalar.text(), Use.CONDITION, scope, scalar, problems);
        }
        boolean quoted = at instanceof Scalar scalar && scalar.value() != null;
        problems.add(at, at.described(), "a CEL expression" + (quoted ? ", in quotes" : ""));
        return Optional.empty();
    }

    /**
     * Reads an expression that has any value; nothing if it cannot be, and each mistake in it is a problem.
     *
     * @param at where it stands, which may hold more than the expression
     */
    public static Optional<CelExpression> value(String text, Node at, Problems problems) {
        return value(text, at, Scope.EVENT, problems);
    }

    /** As {@link #value(String, Node, Problems)}, of an expression that can name what is in the scope. */
    public static Optional<CelExpression> value(String text, Node at, Scope scope, Problems problems) {
        return CelReader.read(text, Use.VALUE, scope, at, problems);
    }

    /** Returns the expression as it was written. */
    public String text() {
        return text;
    }

    /** Returns the fields of the payload that the expression looks at, each with all that is below it. */
    public List<List<String>> wantedPaths() {
        return wantedPaths;
    }

    /**
     * Returns what the expression looks at of the names in its {@link Scope}: paths into their events, such as
     * {@code data, ip}; the empty path where it may look at all of them. Names that it does not use are left out.
     */
    public Map<String, List<List<String>>> wantedOfNames() {
        return wantedOfNames;
    }

    /** Returns whether the expression looks at the payload. */
    public boolean asksPayload() {
        return !wantedPaths.isEmpty();
    }

    /** Returns the names of the attributes that the expression looks at. */
    public List<String> attributes() {
        return attributes;
    }

    /**
     * Returns what the expression asks of single attributes at least: where one of these tests does not hold, nor does
     * the expression, and it does not fail either. They let an index leave the expression out.
     */
    public List<CelTest> tests() {
        return tests;
    }

    /**
     * Returns what the expression says of the event. Never throws: what goes wrong is the answer.
     *
     * @param payload at least the {@linkplain #wantedPaths() wanted part} of the payload; a missing node where there is
     *     none, which is then like an empty object; null where it cannot be read, and then the answer is
     *     {@linkplain CelAnswer#isOpen() open} if it depends on it
     */
    public CelAnswer ask(EventView event, @Nullable JsonNode payload) {
        return ask(event, payload, Bindings.NONE);
    }

    /**
     * As {@link #ask(EventView, JsonNode)}, of an expression that names what is in its {@link Scope}.
     *
     * @param bindings what the names stand for
     */
    public CelAnswer ask(EventView event, @Nullable JsonNode payload, Bindings bindings) {
        Program ready = ready();
        Run run = new Run(event, payload, bindings, ready.slots());
        try {
            Object value = ready.body().eval(run);
            return use == Use.CONDITION ? yesOrNo(value) : valueOf(value, run);
        } catch (TooManyStepsException e) {
            return CelAnswer.TOO_MANY_STEPS;
        }
    }

    private static CelAnswer yesOrNo(Object value) {
        if (value instanceof Boolean holds) {
            return holds ? CelAnswer.YES : CelAnswer.NO;
        }
        return value instanceof Failed failed
                ? CelAnswer.of(failed)
                : CelAnswer.failed("its value is not true or false but of the type " + Values.typeOf(value));
    }

    private static CelAnswer valueOf(Object value, Run run) {
        Object json = value instanceof Boolean flag ? BooleanNode.valueOf(flag) : Values.json(value, run);
        return json instanceof JsonNode node ? CelAnswer.of(node) : CelAnswer.of((Failed) json);
    }

    /** Racing threads compile the same text, so either's program is right. */
    private Program ready() {
        Program ready = program;
        if (ready == null) {
            ready = CelReader.program(text, use, scope);
            program = ready;
        }
        return ready;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CelExpression that
                && text.equals(that.text)
                && use == that.use
                && scope.equals(that.scope);
    }

    @Override
    public int hashCode() {
        return text.hashCode() * 31 + use.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }

    /** What is done with the value. */
    enum Use {
        CONDITION,
        VALUE
    }
}
