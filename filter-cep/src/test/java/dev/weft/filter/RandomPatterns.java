package dev.weft.filter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Small random patterns and payloads over few names and values, so that they often meet. Patterns are valid for
 * event-ruler, as far as it is stricter than we are.
 */
final class RandomPatterns {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final List<String> NAMES = List.of("a", "b", "c", "d");
    private static final List<String> TEXTS = List.of(
            "", "a", "A", "ab", "Ab", "abc", "aBC", "ba", "b", "x*y", "x\\y", "1", "true", "null", "é", "É", "xéy");
    private static final List<String> WILDCARDS =
            List.of("*", "a*", "*b", "a*c", "*b*", "", "ab", "a*b*c", "*a*b*", "x\\*y", "x\\\\y", "x*y", "*é*");
    private static final List<String> NUMBERS = List.of("0", "1", "1.0", "-1", "2", "2.5", "1e2", "100", "1E-1", "0.1");

    private final Random random;
    private boolean objectsInArrays;

    RandomPatterns(Random random) {
        this.random = random;
    }

    /** Returns a pattern for the fields of a payload. */
    ObjectNode pattern() {
        return fields(2, new ArrayList<>(NAMES), true);
    }

    private ObjectNode fields(int depth, List<String> names, boolean orAllowed) {
        ObjectNode pattern = JSON.objectNode();
        Collections.shuffle(names, random);
        int count = Math.min(1 + random.nextInt(2), names.size());
        for (String name : names.subList(0, count)) {
            pattern.set(
                    name,
                    depth > 0 && random.nextInt(3) == 0
                            ? fields(depth - 1, new ArrayList<>(NAMES), orAllowed)
                            : alternatives());
        }
        if (orAllowed && count < names.size() && random.nextInt(4) == 0) {
            // Names not used outside: we refuse a name both inside and outside.
            List<String> rest = new ArrayList<>(names.subList(count, names.size()));
            ArrayNode or = pattern.putArray("$or");
            for (int i = 2 + random.nextInt(2); i > 0; i--) {
                or.add(fields(Math.max(0, depth - 1), new ArrayList<>(rest), depth > 0));
            }
        }
        return pattern;
    }

    private ArrayNode alternatives() {
        ArrayNode list = JSON.arrayNode();
        for (int i = 1 + random.nextInt(2); i > 0; i--) {
            list.add(alternative());
        }
        return list;
    }

    private JsonNode alternative() {
        return switch (random.nextInt(15)) {
            case 0, 1 -> JSON.textNode(text());
            case 2 -> DecimalNode.valueOf(number());
            case 3 -> random.nextBoolean() ? JSON.nullNode() : JSON.booleanNode(random.nextBoolean());
            case 4 -> operator("prefix", JSON.textNode(text()));
            case 5 -> operator("suffix", JSON.textNode(text()));
            case 6 -> operator("equals-ignore-case", JSON.textNode(someText()));
            case 7 -> operator("prefix", operator("equals-ignore-case", JSON.textNode(someText())));
            case 8 -> operator("suffix", operator("equals-ignore-case", JSON.textNode(someText())));
            case 9 -> operator("wildcard", JSON.textNode(one(WILDCARDS)));
            case 10 -> operator("numeric", comparison());
            case 11 -> operator("exists", JSON.booleanNode(true));
            case 12 -> operator("exists", JSON.booleanNode(false));
            case 13 -> operator("anything-but", excluded());
            default -> operator("exactly", JSON.textNode(text()));
        };
    }

    private JsonNode excluded() {
        return switch (random.nextInt(7)) {
            case 0 -> JSON.textNode(text());
            case 1 -> JSON.arrayNode().add(text()).add(text());
            case 2 -> DecimalNode.valueOf(number());
            case 3 -> operator("prefix", JSON.arrayNode().add(someText()).add(someText()));
            case 4 -> operator("suffix", JSON.textNode(someText()));
            case 5 -> operator("equals-ignore-case", JSON.arrayNode().add(someText()));
            default -> operator("wildcard", JSON.textNode("*" + one(List.of("a", "b", "x\\*")) + "*"));
        };
    }

    private ArrayNode comparison() {
        ArrayNode list = JSON.arrayNode();
        BigDecimal low = number();
        BigDecimal high = number();
        if (low.compareTo(high) < 0 && random.nextBoolean()) {
            return list.add(one(List.of(">", ">=")))
                    .add(DecimalNode.valueOf(low))
                    .add(one(List.of("<", "<=")))
                    .add(DecimalNode.valueOf(high));
        }
        return list.add(one(List.of("=", ">", ">=", "<", "<="))).add(DecimalNode.valueOf(low));
    }

    private static ObjectNode operator(String name, JsonNode operand) {
        ObjectNode operator = JSON.objectNode();
        operator.set(name, operand);
        return operator;
    }

    /** Returns a payload: an object. */
    ObjectNode payload() {
        objectsInArrays = true;
        return object(3, false);
    }

    /** Returns a payload whose arrays hold values and arrays only. */
    ObjectNode payloadWithoutObjectsInArrays() {
        objectsInArrays = false;
        return object(3, false);
    }

    private ObjectNode object(int depth, boolean insideArray) {
        ObjectNode object = JSON.objectNode();
        for (String name : NAMES) {
            if (random.nextInt(3) > 0) {
                object.set(name, value(depth, insideArray));
            }
        }
        return object;
    }

    private JsonNode value(int depth, boolean insideArray) {
        int kind = depth == 0 ? random.nextInt(5) : random.nextInt(10);
        return switch (kind) {
            case 0, 1 -> JSON.textNode(text());
            case 2, 3 -> DecimalNode.valueOf(number());
            case 4 -> random.nextBoolean() ? JSON.nullNode() : JSON.booleanNode(random.nextBoolean());
            case 5, 6 -> insideArray && !objectsInArrays ? JSON.textNode(text()) : object(depth - 1, insideArray);
            default -> array(depth - 1);
        };
    }

    private ArrayNode array(int depth) {
        ArrayNode array = JSON.arrayNode();
        for (int i = random.nextInt(4); i > 0; i--) {
            array.add(value(depth, true));
        }
        return array;
    }

    private String text() {
        return one(TEXTS);
    }

    private String someText() {
        return TEXTS.get(1 + random.nextInt(TEXTS.size() - 1));
    }

    private BigDecimal number() {
        return new BigDecimal(one(NUMBERS));
    }

    private String one(List<String> of) {
        return of.get(random.nextInt(of.size()));
    }
}
