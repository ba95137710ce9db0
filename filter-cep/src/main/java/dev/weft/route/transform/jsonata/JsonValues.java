package dev.weft.route.transform.jsonata;

import com.dashjoin.jsonata.Jsonata;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON as the library has it: maps, lists, texts, numbers, its own word for null, and Java's null for nothing. Numbers
 * that are only handed on keep their digits; those that are calculated with are doubles, as JSONata says.
 */
final class JsonValues {

    private static final JsonNodeFactory NODES = JsonNodeFactory.withExactBigDecimals(true);

    private JsonValues() {}

    static @Nullable Object plain(JsonNode json) {
        return switch (json.getNodeType()) {
            case OBJECT -> {
                Map<String, @Nullable Object> map = new LinkedHashMap<>();
                json.properties().forEach(field -> map.put(field.getKey(), plain(field.getValue())));
                yield map;
            }
            case ARRAY -> {
                List<@Nullable Object> list = new ArrayList<>(json.size());
                json.forEach(element -> list.add(plain(element)));
                yield list;
            }
            case STRING -> json.textValue();
            case BOOLEAN -> json.booleanValue();
            case NUMBER -> json.numberValue();
            case MISSING -> null;
            default -> Jsonata.NULL_VALUE;
        };
    }

    static JsonNode json(@Nullable Object value, Bounds bounds) {
        bounds.step();
        if (value == null) {
            return MissingNode.getInstance();
        } else if (value == Jsonata.NULL_VALUE) {
            return NullNode.getInstance();
        } else if (value instanceof String text) {
            bounds.made(text.length());
            return TextNode.valueOf(text);
        } else if (value instanceof Boolean flag) {
            return BooleanNode.valueOf(flag);
        } else if (value instanceof Number number) {
            return number(number);
        } else if (value instanceof Map<?, ?> map) {
            ObjectNode object = NODES.objectNode();
            map.forEach((name, member) -> object.set(String.valueOf(name), orNull(json(member, bounds))));
            return object;
        } else if (value instanceof List<?> list) {
            ArrayNode array = NODES.arrayNode();
            list.forEach(element -> array.add(orNull(json(element, bounds))));
            return array;
        }
        throw new UnboundedException("its value is, or holds, a function");
    }

    /** Within a value, the library has null for null too. */
    private static JsonNode orNull(JsonNode json) {
        return json.isMissingNode() ? NullNode.getInstance() : json;
    }

    private static JsonNode number(Number number) {
        if (number instanceof BigDecimal decimal) {
            return NODES.numberNode(decimal);
        } else if (number instanceof BigInteger large) {
            return NODES.numberNode(large);
        } else if (number instanceof Double || number instanceof Float) {
            double real = number.doubleValue();
            if (!Double.isFinite(real)) {
                throw new UnboundedException("JSON cannot hold the number " + real);
            }
            return NODES.numberNode(real);
        }
        return NODES.numberNode(number.longValue());
    }
}
