package dev.weft.filter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.event.MeshEvent;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One way for a rule to match: every attribute test and the one tree of fields hold together.
 *
 * @param attributes in the rule's order
 * @param payload what is asked of the payload; null if nothing is, which is not the same as asking that it has none
 * @param absences the leaves of the tree that accept absence, in the order of their numbers
 */
record Conjunction(List<AttributeTest> attributes, @Nullable FieldTree payload, List<FieldTree.Leaf> absences)
        implements Serializable {

    Conjunction {
        attributes = List.copyOf(attributes);
        absences = List.copyOf(absences);
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
            boolean holds = test.holds(value);
            observer.sawAttribute(test, value, holds);
            if (!holds) {
                if (!observer.wantsAll()) {
                    return Outcome.REFUSED;
                }
                refused = true;
            }
        }
        Outcome ofPayload = payload == null ? Outcome.MATCHED : ofPayload(payload, root, observer);
        return refused ? Outcome.REFUSED : ofPayload;
    }

    /** Returns whether a payload that can be read is what is asked for. */
    boolean holdsIn(JsonNode root) {
        return payload == null || payload.holds(root, absentFrom(root), Observer.NONE);
    }

    private Outcome ofPayload(FieldTree asked, @Nullable JsonNode root, Observer observer) {
        if (root == null) {
            observer.sawNoPayload(asked);
            return Outcome.UNDECIDED;
        }
        return Outcome.of(asked.holds(root, absentFrom(root), observer));
    }

    /** Found out once for each event, not at each object that a field is asked of: an array may hold many. */
    private boolean[] absentFrom(JsonNode root) {
        boolean[] absent = new boolean[absences.size()];
        for (int i = 0; i < absent.length; i++) {
            absent[i] = absences.get(i).isAbsentFrom(root);
        }
        return absent;
    }

    /** Returns the conjunction as the language writes it, in an order that does not depend on the rule's. */
    ObjectNode pattern() {
        ObjectNode pattern = JsonNodeFactory.instance.objectNode();
        if (payload != null) {
            pattern.set("data", pattern(payload));
        }
        attributes.forEach(test -> pattern.set(test.name(), test.alternatives().pattern()));
        return Canonical.sorted(pattern);
    }

    private static JsonNode pattern(FieldTree tree) {
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
