package dev.weft.filter.cel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.google.common.primitives.UnsignedLong;
import dev.cel.common.values.CelByteString;
import dev.cel.common.values.NullValue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Values of the language, and how they stand for JSON. Objects and arrays of a payload are not copied but looked
 * through. A number without fraction and exponent that 64 bits hold is an int, every other a double.
 */
final class Values {

    private Values() {}

    /** Returns what the JSON stands for; an empty map for a missing node. */
    static Object of(JsonNode json) {
        return switch (json.getNodeType()) {
            case OBJECT -> new JsonFields(json);
            case ARRAY -> new JsonItems(json);
            case STRING -> json.textValue();
            case BOOLEAN -> json.booleanValue();
            case NUMBER -> number(json);
            case MISSING -> Map.of();
            default -> NullValue.NULL_VALUE;
        };
    }

    private static Object number(JsonNode json) {
        return json.isInt() || json.isLong() ? (Object) json.longValue() : (Object) json.doubleValue();
    }

    /** Returns the name that the language has for the value's type. */
    static String typeOf(Object value) {
        if (value instanceof String) {
            return "string";
        } else if (value instanceof Long) {
            return "int";
        } else if (value instanceof Double) {
            return "double";
        } else if (value instanceof Boolean) {
            return "bool";
        } else if (value instanceof Map) {
            return "map";
        } else if (value instanceof List) {
            return "list";
        } else if (value instanceof Instant) {
            return "timestamp";
        } else if (value instanceof Duration) {
            return "duration";
        } else if (value instanceof UnsignedLong) {
            return "uint";
        } else if (value instanceof CelByteString) {
            return "bytes";
        }
        return value instanceof TypeName ? "type" : "null_type";
    }

    /** Returns the value as a {@link JsonNode}, or a {@link Failed} for what JSON cannot hold. */
    static Object json(Object value, Run run) {
        run.pay(1);
        if (value instanceof JsonFields fields) {
            return fields.json();
        } else if (value instanceof JsonItems items) {
            return items.json();
        } else if (value instanceof String text) {
            run.payForText(text.length());
            return TextNode.valueOf(text);
        } else if (value instanceof Long number) {
            return LongNode.valueOf(number);
        } else if (value instanceof Boolean flag) {
            return BooleanNode.valueOf(flag);
        } else if (value instanceof Double number) {
            return Double.isFinite(number) ? DoubleNode.valueOf(number) : unwritable("the number " + number);
        } else if (value instanceof List<?> list) {
            return array(list, run);
        } else if (value instanceof Map<?, ?> map) {
            return object(map, run);
        } else if (value instanceof Instant) {
            return TextNode.valueOf(value.toString());
        } else if (value instanceof UnsignedLong number) {
            return JsonNodeFactory.instance.numberNode(number.bigIntegerValue());
        } else if (value instanceof NullValue) {
            return NullNode.getInstance();
        }
        return value instanceof Failed ? value : unwritable("a value of the type " + typeOf(value));
    }

    private static Object array(List<?> list, Run run) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (Object element : list) {
            Object json = json(element, run);
            if (json instanceof Failed) {
                return json;
            }
            array.add((JsonNode) json);
        }
        return array;
    }

    private static Object object(Map<?, ?> map, Run run) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (!(entry.getKey() instanceof String name)) {
                return unwritable("a map with a key of the type " + typeOf(entry.getKey()));
            }
            Object json = json(entry.getValue(), run);
            if (json instanceof Failed) {
                return json;
            }
            object.set(name, (JsonNode) json);
        }
        return object;
    }

    private static Failed unwritable(String what) {
        return new Failed("JSON cannot hold " + what);
    }
}
