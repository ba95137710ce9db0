package dev.weft.filter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.event.MeshEvent;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One way for a rule to match: every attribute test, the one tree of fields and every residual hold together.
 *
 * @param attributes in the rule's order; one attribute may be tested several times
 * @param payload what is asked of the payload; null if nothing is, which is not the same as asking that it has none
 * @param wholes the leaves of the tree that are also asked of the whole payload, in the order of their numbers
 * @param residuals what no test of a field can ask; asked last, in this order
 */
record Conjunction(
        List<AttributeTest> attributes,
        @Nullable FieldTree payload,
        List<FieldTree.Leaf> wholes,
        List<Residual> residuals)
        implements Serializable {

    Conjunction {
        attributes = List.copyOf(attributes);
        wholes = List.copyOf(wholes);
        residuals = List.copyOf(residuals);
    }

    /** Returns the conjunction that asks for nothing but the residual. */
    static Conjunction asking(Residual residual) {
        return new Conjunction(List.of(), null, List.of(), List.of(residual));
    }

    /** Returns the conjunction that asks for what both ask. */
    Conjunction and(Conjunction other) {
        Set<AttributeTest> tests = new LinkedHashSet<>(attributes);
        tests.addAll(other.attributes);
        Set<Residual> asked = new LinkedHashSet<>(residuals);
        asked.addAll(other.residuals);
        if (payload == null) {
            return new Conjunction(List.copyOf(tests), other.payload, other.wholes, List.copyOf(asked));
        }
        if (other.payload != null && !other.payload.equals(payload)) {
            // Not merged: fields of one tree are asked of one object, fields of two need not be in the same.
            asked.add(new PayloadResidual(other.payload, other.wholes));
        }
        return new Conjunction(List.copyOf(tests), payload, wholes, List.copyOf(asked));
    }

    /** Returns whether nothing is asked, so that every event is wanted. */
    boolean isEmpty() {
        return attributes.isEmpty() && payload == null && residuals.isEmpty();
    }

    boolean asksPayload() {
        return payload != null
                || residuals.stream().anyMatch(each -> !each.wantedPaths().isEmpty());
    }

    /** Returns the paths of the payload that are asked about. */
    List<List<String>> wantedPaths() {
        List<List<String>> paths = new ArrayList<>();
        leaves().forEach(leaf -> paths.add(leaf.path()));
        residuals.forEach(residual -> paths.addAll(residual.wantedPaths()));
        return paths;
    }

    /** Returns what is asked of the payload, field by field, in the rule's order. */
    List<FieldTree.Leaf> leaves() {
        List<FieldTree.Leaf> leaves = new ArrayList<>();
        if (payload != null) {
            collectLeaves(payload, leaves);
        }
        return leaves;
    }

    private static void collectLeaves(FieldTree tree, List<FieldTree.Leaf> leaves) {
        if (tree instanceof FieldTree.Leaf leaf) {
            leaves.add(leaf);
        } else {
            ((FieldTree.Fields) tree).children().forEach(child -> collectLeaves(child, leaves));
        }
    }

    /** As {@link Rule#outcome}. */
    Outcome outcome(MeshEvent event, @Nullable JsonNode root, Observer observer) {
        boolean refused = false;
        for (int i = 0; i < attributes.size(); i++) {
            AttributeTest test = attributes.get(i);
            String value = event.attribute(test.name());
            boolean holds = test.holds(value, event);
            observer.sawAttribute(test, event, value, holds);
            if (!holds) {
                if (!observer.wantsAll()) {
                    return Outcome.REFUSED;
                }
                refused = true;
            }
        }
        Outcome ofPayload = payload == null ? Outcome.MATCHED : ofPayload(payload, event, root, observer);
        Outcome outcome = refused ? Outcome.REFUSED : ofPayload;
        for (int i = 0; i < residuals.size(); i++) {
            if (outcome == Outcome.REFUSED && !observer.wantsAll()) {
                return outcome;
            }
            Residual residual = residuals.get(i);
            if (residual instanceof ComparedFields) {
                continue; // asked above already
            }
            Residual.Answer answer = residual.answer(event, root);
            observer.sawResidual(residual, event, answer);
            outcome = outcome.and(answer.outcome());
        }
        return outcome;
    }

    boolean attributesHold(MeshEvent event) {
        for (int i = 0; i < attributes.size(); i++) {
            AttributeTest test = attributes.get(i);
            if (!test.holds(event.attribute(test.name()), event)) {
                return false;
            }
        }
        return true;
    }

    /** Returns whether a payload that can be read is what is asked for, as far as it is not compared with others. */
    boolean holdsIn(JsonNode root) {
        return payload == null || payload.holds(root, new Surroundings(null, root, inWhole(root)), Observer.NONE);
    }

    private Outcome ofPayload(FieldTree asked, MeshEvent event, @Nullable JsonNode root, Observer observer) {
        if (root == null) {
            observer.sawNoPayload(asked);
            return Outcome.UNDECIDED;
        }
        return Outcome.of(asked.holds(root, new Surroundings(event, root, inWhole(root)), observer));
    }

    /** Found out once for each event, not at each object that a field is asked of: an array may hold many. */
    private boolean[] inWhole(JsonNode root) {
        boolean[] inWhole = new boolean[wholes.size()];
        for (int i = 0; i < inWhole.length; i++) {
            inWhole[i] = wholes.get(i).holdsInWhole(root);
        }
        return inWhole;
    }

    /** Returns the conjunction as the language writes it, in an order that does not depend on the rule's. */
    ObjectNode pattern() {
        ObjectNode pattern = JsonNodeFactory.instance.objectNode();
        if (payload != null) {
            pattern.set("data", pattern(payload));
        }
        ArrayNode again = JsonNodeFactory.instance.arrayNode();
        for (AttributeTest test : inOneOrder()) {
            if (pattern.has(test.name())) {
                again.addObject().set(test.name(), test.alternatives().pattern());
            } else {
                pattern.set(test.name(), test.alternatives().pattern());
            }
        }
        if (!again.isEmpty()) {
            pattern.set("$and", again);
        }
        List<Residual> written = residuals.stream()
                .filter(residual -> !(residual instanceof ComparedFields))
                .toList();
        written.forEach(residual -> pattern.withArray("$" + residual.language()).add(residual.text()));
        for (Residual residual : written) {
            String key = "$" + residual.language();
            pattern.set(key, Canonical.sorted((ArrayNode) pattern.get(key)));
        }
        return Canonical.sorted(pattern);
    }

    /** By name, and of one name by what is asked. */
    private Iterable<AttributeTest> inOneOrder() {
        Map<String, AttributeTest> sorted = new TreeMap<>();
        attributes.forEach(
                test -> sorted.put(test.name() + " " + test.alternatives().pattern(), test));
        return sorted.values();
    }

    static JsonNode pattern(FieldTree tree) {
        if (tree instanceof FieldTree.Leaf leaf) {
            return leaf.alternatives().pattern();
        }
        FieldTree.Fields fields = (FieldTree.Fields) tree;
        ObjectNode pattern = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < fields.names().size(); i++) {
            pattern.set(
                    FieldPath.escaped(fields.names().get(i)),
                    pattern(fields.children().get(i)));
        }
        return Canonical.sorted(pattern);
    }
}
