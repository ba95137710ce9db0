package dev.weft.cep.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;

/**
 * What events of one sequence have in common. Two keys are equal when their values are the same JSON: numbers by value,
 * objects whatever the order of their members.
 *
 * @param json the values as a JSON array in canonical form
 * @param text the values for people, joined by slashes; different keys may have the same
 */
public record Key(String json, String text) {

    /** Numbers with more zeros, or more places, are told by their exponents: an event may hold any. */
    private static final int LONGEST_PLAIN = 30;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
            .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
            .build();

    /** Returns the key of these values, in their order. */
    public static Key of(List<JsonNode> values) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        StringJoiner text = new StringJoiner("/");
        for (JsonNode value : values) {
            JsonNode canonical = canonical(value);
            all.add(canonical);
            text.add(words(canonical));
        }
        return new Key(all.toString(), text.toString());
    }

    /** Returns the key of a {@link #json}. */
    public static Key ofJson(String json) {
        if (isOnePlainText(json)) {
            return new Key(json, json.substring(2, json.length() - 2));
        }
        try {
            List<JsonNode> values = new ArrayList<>();
            JSON.readTree(json).forEach(values::add);
            return of(values);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no key: " + json, e);
        }
    }

    /** Most keys are one text of plain characters, which need not be parsed to be read. */
    private static boolean isOnePlainText(String json) {
        int last = json.length() - 2;
        if (last < 2 || !json.startsWith("[\"") || !json.endsWith("\"]")) {
            return false;
        }
        for (int i = 2; i < last; i++) {
            char c = json.charAt(i);
            if (c == '"' || c == '\\' || c < ' ') {
                return false;
            }
        }
        return true;
    }

    private static String words(JsonNode canonical) {
        if (canonical.isTextual()) {
            return canonical.textValue();
        }
        if (!canonical.isNumber()) {
            return canonical.toString();
        }
        BigDecimal number = canonical.decimalValue();
        boolean plain = number.scale() >= -LONGEST_PLAIN && number.scale() <= LONGEST_PLAIN;
        return plain ? number.toPlainString() : number.toString();
    }

    private static JsonNode canonical(JsonNode value) {
        if (value.isNumber()) {
            return DecimalNode.valueOf(value.decimalValue().stripTrailingZeros());
        }
        if (value.isArray()) {
            ArrayNode items = JsonNodeFactory.instance.arrayNode();
            value.forEach(item -> items.add(canonical(item)));
            return items;
        }
        if (value.isObject()) {
            Map<String, JsonNode> sorted = new TreeMap<>();
            value.properties().forEach(member -> sorted.put(member.getKey(), canonical(member.getValue())));
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            sorted.forEach(object::set);
            return object;
        }
        return value;
    }
}
