package dev.weft.workflow.jq;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/**
 * One text for each JSON value: two values have the same text just if they are equal. Numbers are equal by value, so 1,
 * 1.0 and 1e0 are one; the order of an object's fields does not count. A number and a text are never equal. Instances
 * meet events at addresses that have such texts in them, so the texts never change.
 */
public final class CanonicalJson {

    /** More digits are written with an exponent, so that 1e999999999 does not become a text of that length. */
    private static final int MOST_DIGITS = 40;

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private static final Comparator<JsonNode> BY_VALUE =
            (one, other) -> (one.isNumber() && other.isNumber() ? isSameNumber(one, other) : one.equals(other)) ? 0 : 1;

    private CanonicalJson() {}

    /** Returns the values as an array. */
    public static String of(Iterable<JsonNode> values) {
        StringBuilder text = new StringBuilder(32).append('[');
        for (JsonNode value : values) {
            if (text.length() > 1) {
                text.append(',');
            }
            append(text, sorted(value));
        }
        return text.append(']').toString();
    }

    public static boolean areEqual(JsonNode one, JsonNode other) {
        return one.equals(BY_VALUE, other);
    }

    /** Returns the same value with the fields of all objects in it in the order of their names. */
    public static JsonNode sorted(JsonNode value) {
        if (value.isObject()) {
            Map<String, JsonNode> fields = new TreeMap<>();
            value.properties().forEach(field -> fields.put(field.getKey(), sorted(field.getValue())));
            ObjectNode object = JSON.objectNode();
            fields.forEach(object::set);
            return object;
        }
        if (value.isArray()) {
            ArrayNode array = JSON.arrayNode(value.size());
            value.forEach(item -> array.add(sorted(item)));
            return array;
        }
        return value;
    }

    private static boolean isSameNumber(JsonNode one, JsonNode other) {
        return isFinite(one) && isFinite(other)
                ? one.decimalValue().compareTo(other.decimalValue()) == 0
                : isFinite(one) == isFinite(other) && Double.compare(one.doubleValue(), other.doubleValue()) == 0;
    }

    private static boolean isFinite(JsonNode number) {
        return !(number.isDouble() || number.isFloat()) || Double.isFinite(number.doubleValue());
    }

    private static void append(StringBuilder text, JsonNode value) {
        switch (value.getNodeType()) {
            case STRING -> appendString(text, value.textValue());
            case NUMBER -> appendNumber(text, value);
            case BOOLEAN -> text.append(value.booleanValue());
            case ARRAY -> appendArray(text, value);
            case OBJECT -> appendObject(text, value);
            default -> text.append("null");
        }
    }

    private static void appendString(StringBuilder text, String string) {
        text.append('"');
        JsonStringEncoder.getInstance().quoteAsString(string, text);
        text.append('"');
    }

    private static void appendNumber(StringBuilder text, JsonNode value) {
        if (value.isInt() || value.isLong() || value.isShort()) {
            text.append(value.longValue());
            return;
        }
        if (!isFinite(value)) {
            text.append(value.doubleValue()); // no JSON, but a value of its own
            return;
        }
        BigDecimal number = value.decimalValue().stripTrailingZeros();
        boolean isShort = number.scale() <= 0 && (long) number.precision() - number.scale() <= MOST_DIGITS;
        text.append(isShort ? number.toPlainString() : number.toString());
    }

    private static void appendArray(StringBuilder text, JsonNode array) {
        text.append('[');
        for (int i = 0; i < array.size(); i++) {
            if (i > 0) {
                text.append(',');
            }
            append(text, array.get(i));
        }
        text.append(']');
    }

    private static void appendObject(StringBuilder text, JsonNode object) {
        text.append('{');
        boolean first = true;
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            if (!first) {
                text.append(',');
            }
            first = false;
            appendString(text, field.getKey());
            text.append(':');
            append(text, field.getValue());
        }
        text.append('}');
    }
}
