package dev.weft.filter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.weft.event.MeshEvent;
import java.io.Serializable;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a rule asks of one value: one alternative of a field's list. A condition sees only that value and never throws:
 * a value of the wrong type is a value that does not match.
 *
 * <p>Values are JSON scalars, {@code null} among them. A field that the event lacks is passed as a
 * {@linkplain JsonNode#isMissingNode() missing node}, which only {@link Absent} matches. Arrays are not passed: the
 * caller passes their elements. The operators are those of EventBridge event patterns; differences are listed in
 * {@code docs/filter-language.md}.
 */
public sealed interface Condition extends Serializable
        permits TextCondition,
                NumberCondition,
                Condition.Present,
                Condition.Absent,
                Condition.NullIs,
                Condition.BooleanIs,
                Condition.AnythingBut,
                Condition.All,
                ContainsAll,
                FieldComparison {

    /** Returns whether a value of the payload is what is asked for. */
    boolean matches(JsonNode value);

    /** Returns whether an attribute is what is asked for. Attributes are text, however they travelled. */
    boolean matchesText(String attribute);

    /** As {@link #matches(JsonNode)}, where it is known what is around the value. */
    default boolean matches(JsonNode value, Surroundings around) {
        return matches(value);
    }

    /** As {@link #matchesText(String)}, where it is known whose attribute it is. */
    default boolean matchesText(String attribute, MeshEvent event) {
        return matchesText(attribute);
    }

    /** Returns whether it is better asked last, when all that is cheaper holds. */
    default boolean isCostly() {
        return false;
    }

    /** Returns the condition in words that follow the name of a field: {@code starts with "shop."}. */
    String words();

    /** Appends the alternatives of the filter language that are read as this condition. */
    void writeTo(ArrayNode alternatives);

    /** {@code {exists: true}}: there is a value, be it null or empty. */
    record Present() implements Condition {

        @Override
        public boolean matches(JsonNode value) {
            return value.isValueNode() && !value.isMissingNode();
        }

        @Override
        public boolean matchesText(String attribute) {
            return true;
        }

        @Override
        public String words() {
            return "exists";
        }

        @Override
        public void writeTo(ArrayNode alternatives) {
            alternatives.addObject().put("exists", true);
        }
    }

    /** {@code {exists: false}}: there is no value anywhere on the field's path, in the whole event. */
    record Absent() implements Condition {

        @Override
        public boolean matches(JsonNode value) {
            return value.isMissingNode();
        }

        @Override
        public boolean matchesText(String attribute) {
            return false;
        }

        @Override
        public String words() {
            return "does not exist";
        }

        @Override
        public void writeTo(ArrayNode alternatives) {
            alternatives.addObject().put("exists", false);
        }
    }

    /** The literal {@code null}: not the text "null", and not a field that is missing. */
    record NullIs() implements Condition {

        @Override
        public boolean matches(JsonNode value) {
            return value.isNull();
        }

        @Override
        public boolean matchesText(String attribute) {
            return false;
        }

        @Override
        public String words() {
            return "is null";
        }

        @Override
        public void writeTo(ArrayNode alternatives) {
            alternatives.addNull();
        }
    }

    /** The literal {@code true} or {@code false}: not its name as text. */
    record BooleanIs(boolean wanted) implements Condition {

        @Override
        public boolean matches(JsonNode value) {
            return value.isBoolean() && value.booleanValue() == wanted;
        }

        @Override
        public boolean matchesText(String attribute) {
            return false;
        }

        @Override
        public String words() {
            return "is " + wanted;
        }

        @Override
        public void writeTo(ArrayNode alternatives) {
            alternatives.add(wanted);
        }
    }

    /**
     * {@code {anything-but: ...}}: there is a value, of any type, and none of the excluded matches it. Of an array it
     * asks that some element differs, as every condition does.
     *
     * @param excluded all of one kind
     */
    record AnythingBut(List<Condition> excluded) implements Condition {

        public AnythingBut {
            excluded = List.copyOf(excluded);
        }

        @Override
        public boolean matches(JsonNode value) {
            if (!value.isValueNode() || value.isMissingNode()) {
                return false;
            }
            for (int i = 0; i < excluded.size(); i++) {
                if (excluded.get(i).matches(value)) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public boolean matchesText(String attribute) {
            for (int i = 0; i < excluded.size(); i++) {
                if (excluded.get(i).matchesText(attribute)) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public boolean isCostly() {
            return excluded.stream().anyMatch(Condition::isCostly);
        }

        @Override
        public String words() {
            return excluded.stream()
                    .map(condition -> "not (" + condition.words() + ")")
                    .collect(Collectors.joining(" and ", "exists and ", ""));
        }

        @Override
        public void writeTo(ArrayNode alternatives) {
            ArrayNode values = JsonNodeFactory.instance.arrayNode();
            excluded.forEach(condition -> condition.writeTo(values));
            String operator =
                    values.get(0).isObject() ? values.get(0).fieldNames().next() : "";
            for (JsonNode value : values) {
                if (!value.has(operator)) {
                    alternatives.addObject().set("anything-but", Canonical.sorted(values));
                    return;
                }
            }
            ArrayNode operands = JsonNodeFactory.instance.arrayNode();
            values.forEach(value -> operands.add(value.get(operator)));
            alternatives.addObject().putObject("anything-but").set(operator, Canonical.sorted(operands));
        }
    }

    /** {@code {all: [...]}}: one value is everything that is asked. Ours, not EventBridge's. */
    record All(List<Condition> every) implements Condition {

        public All {
            every = List.copyOf(every);
        }

        @Override
        public boolean matches(JsonNode value) {
            for (int i = 0; i < every.size(); i++) {
                if (!every.get(i).matches(value)) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public boolean matchesText(String attribute) {
            for (int i = 0; i < every.size(); i++) {
                if (!every.get(i).matchesText(attribute)) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public boolean matches(JsonNode value, Surroundings around) {
            for (int i = 0; i < every.size(); i++) {
                if (!every.get(i).matches(value, around)) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public boolean matchesText(String attribute, MeshEvent event) {
            for (int i = 0; i < every.size(); i++) {
                if (!every.get(i).matchesText(attribute, event)) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public boolean isCostly() {
            return every.stream().anyMatch(Condition::isCostly);
        }

        @Override
        public String words() {
            return every.stream().map(Condition::words).collect(Collectors.joining(" and "));
        }

        @Override
        public void writeTo(ArrayNode alternatives) {
            ArrayNode conditions = JsonNodeFactory.instance.arrayNode();
            every.forEach(condition -> condition.writeTo(conditions));
            alternatives.addObject().set("all", Canonical.sorted(conditions));
        }
    }
}
