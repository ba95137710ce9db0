package dev.weft.filter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.weft.event.MeshEvent;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The list that stands at a field: the field's value is one of these.
 *
 * @param anyOf at least one
 */
record Alternatives(List<Condition> anyOf) implements Serializable {

    Alternatives {
        anyOf = List.copyOf(anyOf);
        if (anyOf.isEmpty()) {
            throw new IllegalArgumentException("no alternative");
        }
    }

    /** Returns whether a field that has no value is among what is asked for. */
    boolean acceptAbsence() {
        return match(MissingNode.getInstance());
    }

    boolean match(JsonNode value) {
        return match(value, Surroundings.NONE);
    }

    boolean match(JsonNode value, Surroundings around) {
        for (int i = 0; i < anyOf.size(); i++) {
            if (anyOf.get(i).matches(value, around)) {
                return true;
            }
        }
        return false;
    }

    /** Whether an attribute of the event is asked for; null is an attribute the event lacks. */
    boolean matchAttribute(@Nullable String attribute, MeshEvent event) {
        if (attribute == null) {
            return acceptAbsence();
        }
        for (int i = 0; i < anyOf.size(); i++) {
            if (anyOf.get(i).matchesText(attribute, event)) {
                return true;
            }
        }
        return false;
    }

    /** Returns whether some of what is asked is better asked last. */
    boolean areCostly() {
        return anyOf.stream().anyMatch(Condition::isCostly);
    }

    /** Returns the comparisons with other fields. */
    List<FieldComparison> comparisons() {
        List<FieldComparison> comparisons = new ArrayList<>();
        for (Condition condition : anyOf) {
            if (condition instanceof FieldComparison comparison) {
                comparisons.add(comparison);
            } else if (condition instanceof Condition.All all) {
                comparisons.addAll(new Alternatives(all.every()).comparisons());
            }
        }
        return comparisons;
    }

    /** Returns those that look at all values of the field together. */
    List<ContainsAll> ofAllValues() {
        return anyOf.stream()
                .filter(ContainsAll.class::isInstance)
                .map(ContainsAll.class::cast)
                .toList();
    }

    String words() {
        return anyOf.stream().map(Condition::words).collect(Collectors.joining(" or "));
    }

    /** Returns the list as the language writes it, in an order that does not depend on the rule's. */
    ArrayNode pattern() {
        ArrayNode asWritten = JsonNodeFactory.instance.arrayNode();
        anyOf.forEach(condition -> condition.writeTo(asWritten));
        return Canonical.sorted(asWritten);
    }
}
