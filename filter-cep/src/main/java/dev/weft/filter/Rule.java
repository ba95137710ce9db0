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

    private static final Rule EVERYTHING = new Rule(List.of(new Conjunction(List.of(), null, List.of())));
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

    /** Returns the rule that wants what one of the conjunctions wants; equal ones are taken once. */
    static Rule anyOf(List<Conjunction> conjunctions) {
        Map<String, Conjunction> distinct = new LinkedHashMap<>();
        conjunctions.forEach(each -> distinct.putIfAbsent(each.pattern().toString(), each));
        return new Rule(List.copyOf(distinct.values()));
    }

    /** Returns which part of the payload the rule looks at: nothing, if it asks only for attributes. */
    public Projection wanted() {
        return Projection.of(wantedPaths());
    }

    /** Returns whether the rule asks anything of the payload. */
    public boolean asksPayload() {
        return anyOf.stream().anyMatch(each -> each.payload() != null);
    }

    List<List<String>> wantedPaths() {
        List<List<String>> paths = new ArrayList<>();
        for (Conjunction each : anyOf) {
            each.leaves().forEach(leaf -> paths.add(leaf.path()));
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
     * @param root the wanted part of the payload; null if it cannot be read or has not been yet, and then the rule is
     *     undecided if the answer depends on it
     */
    Outcome outcome(MeshEvent event, @Nullable JsonNode root, Observer observer) {
        Outcome outcome = Outcome.REFUSED;
        for (int i = 0; i < anyOf.size(); i++) {
            Outcome alternative = anyOf.get(i).outcome(event, root, observer);
            observer.sawConjunction(alternative);
            if (alternative == Outcome.MATCHED && !observer.wantsAll()) {
                return Outcome.MATCHED;
            }
            outcome = or(outcome, alternative);
        }
        return outcome;
    }

    /** Returns why the rule does or does not want the event. */
    Explanation explain(MeshEvent event) {
        PayloadReading reading = asksPayload() ? event.read(wanted()) : NOT_ASKED;
        Recorder recorder = new Recorder();
        Outcome outcome = outcome(event, reading.damage() == null ? reading.root() : null, recorder);
        return recorder.explanation(outcome, reading.damage());
    }

    private static Outcome or(Outcome one, Outcome other) {
        if (one == Outcome.MATCHED || other == Outcome.MATCHED) {
            return Outcome.MATCHED;
        }
        return one == Outcome.UNDECIDED ? one : other;
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
     * sorted and numbers in their shortest form. {@code {}} is every event.
     */
    @Override
    public String toString() {
        return text;
    }
}
