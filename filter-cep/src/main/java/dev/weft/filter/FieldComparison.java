package dev.weft.filter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.weft.event.MeshEvent;
import java.math.BigDecimal;
import java.util.List;

/**
 * {@code {field: [">", data.limit]}}: the value compares so with some value of another field. Ours, not EventBridge's.
 *
 * <p>Numbers compare by value, texts by code point; booleans and nulls are equal or not. Values of different types do
 * not match, whatever the sign. Where an attribute is compared with a number of the payload, it is the number that it
 * spells, as {@code numeric} reads it. Without {@link Surroundings} to find the other field in, it holds of every
 * value.
 *
 * @param path the other field: an attribute's name alone, or {@code data} and the names of fields
 */
public record FieldComparison(Sign sign, List<String> path) implements Condition {

    private static final String PAYLOAD = "data";

    public FieldComparison {
        path = List.copyOf(path);
    }

    /** How two values compare. */
    public enum Sign {
        EQUAL("="),
        DIFFERENT("!="),
        LESS("<"),
        AT_MOST("<="),
        MORE(">"),
        AT_LEAST(">=");

        private final String text;

        Sign(String text) {
            this.text = text;
        }

        boolean isOfEquality() {
            return this == EQUAL || this == DIFFERENT;
        }

        boolean holds(int order) {
            return switch (this) {
                case EQUAL -> order == 0;
                case DIFFERENT -> order != 0;
                case LESS -> order < 0;
                case AT_MOST -> order <= 0;
                case MORE -> order > 0;
                case AT_LEAST -> order >= 0;
            };
        }

        @Override
        public String toString() {
            return text;
        }
    }

    boolean isWithPayload() {
        return path.get(0).equals(PAYLOAD);
    }

    /** Returns the way from the payload's root to the other field, which is one of the payload. */
    List<String> payloadPath() {
        return path.subList(1, path.size());
    }

    @Override
    public boolean matches(JsonNode value) {
        return value.isValueNode() && !value.isMissingNode();
    }

    @Override
    public boolean matchesText(String attribute) {
        return true;
    }

    @Override
    public boolean matches(JsonNode value, Surroundings around) {
        MeshEvent event = around.event();
        if (event == null) {
            return matches(value);
        }
        return matches(value) && holdsOfAny(value, other(event, around), !isWithPayload());
    }

    @Override
    public boolean matchesText(String attribute, MeshEvent event) {
        return holdsOfAny(TextNode.valueOf(attribute), other(event, Surroundings.NONE), false);
    }

    /** Returns the values that it is compared with. */
    JsonNode other(MeshEvent event, Surroundings around) {
        if (isWithPayload()) {
            return around.find(payloadPath());
        }
        String attribute = event.attribute(path.get(0));
        return attribute == null ? MissingNode.getInstance() : TextNode.valueOf(attribute);
    }

    private boolean holdsOfAny(JsonNode value, JsonNode other, boolean isAttribute) {
        if (!other.isArray()) {
            return other.isValueNode() && !other.isMissingNode() && holds(value, other, isAttribute);
        }
        for (int i = 0; i < other.size(); i++) {
            if (holdsOfAny(value, other.get(i), isAttribute)) {
                return true;
            }
        }
        return false;
    }

    private boolean holds(JsonNode value, JsonNode other, boolean isAttribute) {
        if (value.isNumber()) {
            BigDecimal number = JsonNumber.of(value);
            BigDecimal second = isAttribute ? JsonNumber.parse(other.textValue()) : JsonNumber.of(other);
            return number != null && second != null && sign.holds(number.compareTo(second));
        }
        if (value.isTextual()) {
            return other.isTextual() && sign.holds(compare(value.textValue(), other.textValue()));
        }
        boolean sameType = value.isBoolean() ? other.isBoolean() : other.isNull();
        return sameType && sign.isOfEquality() && sign.holds(value.equals(other) ? 0 : 1);
    }

    /** By code point. Half of a pair stands for more than every character of the basic plane. */
    private static int compare(String one, String other) {
        int length = Math.min(one.length(), other.length());
        for (int i = 0; i < length; i++) {
            char first = one.charAt(i);
            char second = other.charAt(i);
            if (first != second) {
                boolean onlyOne = Character.isSurrogate(first) != Character.isSurrogate(second);
                return onlyOne ? (Character.isSurrogate(first) ? 1 : -1) : first - second;
            }
        }
        return one.length() - other.length();
    }

    @Override
    public boolean isCostly() {
        return true;
    }

    @Override
    public String words() {
        return "is " + sign + " " + FieldPath.join(path);
    }

    @Override
    public void writeTo(ArrayNode alternatives) {
        alternatives.addObject().putArray("field").add(sign.toString()).add(FieldPath.join(path));
    }
}
