package dev.weft.filter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.event.MeshEvent;
import dev.weft.event.PayloadReading;
import dev.weft.event.Projection;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which events someone wants: one parsed filter, as {@code docs/filter-language.md} defines the language.
 *
 * <p>Immutable, and safe to share between threads. Two rules are equal when they ask for the same in the same words,
 * whatever the order of fields and alternatives. Serializable, so that a rule can travel in a job graph; a saved form
 * is not kept compatible between versions, the rule's text is.
 */
public final class Rule implements Serializable {

    private static final Rule EVERYTHING = new Rule(List.of(new Conjunction(List.of(), null, List.of(), List.of())));

    /** Into so many alternatives a rule may multiply out. */
    static final int MOST_COMBINATIONS = 1000;

    private static final Rule NOTHING = new Rule(List.of());

    private static final PayloadReading NOT_ASKED = new PayloadReading(MissingNode.getInstance(), null);

    private final List<Conjunction> anyOf;
    private final String text;

    private Rule(List<Conjunction> anyOf) {
        this.anyOf = anyOf;
        this.text = pattern(anyOf).toString();
    }

    /** Returns the rule that wants every event, also one whose payload cannot be read. */
    public static Rule everything() {
        return EVERYTHING;
    }

    /** Returns the rule that wants no event. */
    public static Rule nothing() {
        return NOTHING;
    }

    /** Returns the rule that wants what the residual answers with true. */
    public static Rule asking(Residual residual) {
        return new Rule(List.of(Conjunction.asking(residual)));
    }

    /** Returns the rule that wants what one of the conjunctions wants; equal ones are taken once. */
    static Rule anyOf(List<Conjunction> conjunctions) {
        Map<String, Conjunction> distinct = new LinkedHashMap<>();
        conjunctions.forEach(each -> distinct.putIfAbsent(each.pattern().toString(), each));
        return new Rule(List.copyOf(distinct.values()));
    }

    /**
     * Returns the rule that wants what both want. What the two ask of fields below an array need not be found in one
     * object.
     *
     * @throws IllegalArgumentException if it had more than 1,000 alternatives: the product of {@link #combinations()}
     */
    public Rule and(Rule other) {
        long product = (long) combinations() * other.combinations();
        if (product > MOST_COMBINATIONS) {
            throw new IllegalArgumentException(product + " combinations");
        }
        List<Conjunction> both = new ArrayList<>();
        for (Conjunction one : anyOf) {
            other.anyOf.forEach(another -> both.add(one.and(another)));
        }
        return anyOf(both);
    }

    /** Returns how many alternatives the rule has: ways to match, of which one suffices. */
    public int combinations() {
        return anyOf.size();
    }

    /** Returns which part of the payload the rule looks at: nothing, if it asks only for attributes. */
    public Projection wanted() {
        return Projection.of(wantedPaths());
    }

    /** Returns whether the rule asks anything of the payload. */
    public boolean asksPayload() {
        return anyOf.stream().anyMatch(Conjunction::asksPayload);
    }

    List<List<String>> wantedPaths() {
        List<List<String>> paths = new ArrayList<>();
        for (Conjunction each : anyOf) {
            paths.addAll(each.wantedPaths());
        }
        return paths;
    }

    /** Returns the rule's alternatives; none if it wants nothing. */
    List<Conjunction> conjunctions() {
        return anyOf;
    }

    /**
     * Returns what the rule says of the event.
     *
     * @param root the wanted part of the payload; null if it cannot be read, and then the rule is undecided if the
     *     answer depends on it
     */
    Outcome outcome(MeshEvent event, @Nullable JsonNode root, Observer observer) {
        Outcome outcome = Outcome.REFUSED;
        for (int i = 0; i < anyOf.size(); i++) {
            Outcome alternative = anyOf.get(i).outcome(event, root, observer);
            observer.sawConjunction(alternative);
            if (alternative == Outcome.MATCHED && !observer.wantsAll()) {
                return Outcome.MATCHED;
            }
            outcome = outcome.or(alternative);
        }
        return outcome;
    }

    /** Returns whether the rule does not want the event whatever its payload, by tests of attributes alone. */
    public boolean isRefusedByAttributes(MeshEvent event) {
        for (int i = 0; i < anyOf.size(); i++) {
            if (anyOf.get(i).attributesHold(event)) {
                return false;
            }
        }
        return true;
    }

    /** Returns why the rule does or does not want the event. */
    Explanation explain(MeshEvent event) {
        PayloadReading reading = asksPayload() ? event.read(wanted()) : NOT_ASKED;
        Recorder recorder = new Recorder();
        Outcome outcome = outcome(event, reading.damage() == null ? reading.root() : null, recorder);
        return recorder.explanation(outcome, reading.damage());
    }

    private static ObjectNode pattern(List<Conjunction> anyOf) {
        if (anyOf.size() == 1) {
            return anyOf.get(0).pattern();
        }
        Map<String, ObjectNode> sorted = new TreeMap<>();
        anyOf.forEach(each -> sorted.put(each.pattern().toString(), each.pattern()));
        ObjectNode pattern = JsonNodeFactory.instance.objectNode();
        ArrayNode alternatives = pattern.putArray("$or");
        sorted.values().forEach(alternatives::add);
        return pattern;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Rule that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /**
     * Returns the rule in canonical form: an event pattern as one line of JSON, with {@code $or} only at the top, names
     * sorted and numbers in their shortest form. {@code {}} is every event. What the pattern language cannot say stands
     * under names that it does not read: {@code $sql} and the like for residuals, {@code $and} for an attribute that is
     * tested several times.
     */
    @Override
    public String toString() {
        return text;
    }
}
