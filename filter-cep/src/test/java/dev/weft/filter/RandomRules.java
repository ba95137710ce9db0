package dev.weft.filter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Random rules with every operator, over few attributes, fields and values, so that events often come close to them.
 */
final class RandomRules {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** Attributes that rules ask about and events have now and then; the first two are always there. */
    static final List<String> ATTRIBUTES = List.of("type", "source", "subject", "region", "n");

    static final List<String> TEXTS = List.of(
            "a",
            "A",
            "ab",
            "Ab",
            "abc",
            "abcdefghij",
            "aBC",
            "ba",
            "x*y",
            "x\\y",
            "1",
            "1.0",
            "-2",
            "1e1",
            "é",
            "ß",
            "sS",
            "10.0.0.1",
            "10.0.3.7",
            "::1",
            "0:0:0:0:0:0:0:1",
            "2001:db8::5",
            "a/b",
            "a/b/c",
            "a//c",
            "/a",
            "a/",
            "$a/b",
            "$a");

    private static final List<String> PARTS = List.of("a", "ab", "c", "bC", "s", "ss", "é", "10.0", "abcdefghij", "1");
    private static final List<String> WILDCARDS = List.of(
            "*", "a*", "*b*", "*bc", "a*c", "x\\*y", "*0.0*", "*bcdefghi*", "*bcdefghix*", "a*c*e*j", "abc", "*\\\\*");
    private static final List<String> BLOCKS =
            List.of("10.0.0.0/8", "10.0.0.0/24", "10.0.3.7/32", "::/64", "2001:db8::/32", "0.0.0.0/0", "::1/128");

    private static final List<String> TOPICS = List.of(
            "a/b", "a/+", "+/b", "a/#", "#", "+", "+/+", "a/+/c", "+/+/#", "/+", "a/", "$a/+", "$a/#", "+/#", "a");

    private static final List<String> SIGNS = List.of("=", "!=", "<", "<=", ">", ">=");
    private static final List<String> OTHER_FIELDS =
            List.of("data.a", "data.b", "data.c", "data.a.b", "data.b.c", "data.d.a", "data.a.a.b", "type", "n");

    private static final List<String> EXPRESSIONS = List.of(
            "a.*",
            "ab?c?",
            "(a|b).*",
            "a|b",
            "[a-c]+",
            "10\\.0\\..*",
            "(?i)ab",
            "ab+",
            "x[*\\\\]y",
            "^abc$",
            ".*c",
            "");

    private final Random random;
    private final RandomPatterns patterns;

    RandomRules(Random random) {
        this.random = random;
        this.patterns = new RandomPatterns(random);
    }

    /** Sometimes with residuals, and sometimes of two rules that ask the same attribute or the payload twice. */
    Rule next() {
        Rule rule = pattern();
        if (random.nextInt(8) == 0) {
            Rule other = pattern();
            rule = rule.combinations() * other.combinations() > Rule.MOST_COMBINATIONS ? rule : rule.and(other);
        }
        for (int i = random.nextInt(4) == 0 ? 1 + random.nextInt(2) : 0; i > 0; i--) {
            rule = rule.and(Rule.asking(RandomResidual.next(random)));
        }
        return rule;
    }

    private Rule pattern() {
        if (random.nextInt(100) == 0) {
            return random.nextBoolean() ? Rule.everything() : Rule.nothing();
        }
        ObjectNode rule = JSON.objectNode();
        List<String> free = new ArrayList<>(ATTRIBUTES);
        if (random.nextInt(4) > 0) {
            addAttributes(rule, free);
        }
        boolean payload = rule.isEmpty() || random.nextInt(2) == 0;
        if (free.size() > 1 && random.nextInt(4) == 0) {
            ArrayNode or = rule.putArray("$or");
            for (int i = 2 + random.nextInt(2); i > 0; i--) {
                ObjectNode alternative = or.addObject();
                if (payload && random.nextBoolean()) {
                    alternative.set("data", payload());
                } else {
                    addAttributes(alternative, new ArrayList<>(free));
                }
            }
        } else if (payload) {
            rule.set("data", payload());
        }
        return Written.rule(rule.toString());
    }

    private void addAttributes(ObjectNode rule, List<String> free) {
        for (int i = 1 + random.nextInt(Math.min(2, free.size())); i > 0; i--) {
            ArrayNode list = alternatives();
            if (random.nextInt(12) == 0) {
                list.set(0, compared(one(ATTRIBUTES)));
            }
            rule.set(free.remove(random.nextInt(free.size())), list);
        }
    }

    private JsonNode payload() {
        if (random.nextInt(30) == 0) {
            return alternativesOfField();
        }
        ObjectNode pattern = patterns.pattern();
        widen(pattern);
        return pattern;
    }

    /** Puts operators beside those of the pattern that event-ruler does not have, or has not as we do. */
    private void widen(JsonNode pattern) {
        for (JsonNode child : pattern) {
            if (child.isObject()) {
                widen(child);
            } else if (child.isArray()
                    && !child.isEmpty()
                    && child.get(0).isObject()
                    && child.get(0).size() > 1) {
                child.forEach(this::widen);
            } else if (random.nextInt(6) == 0 && isAlternatives(child)) {
                ((ArrayNode) child).removeAll().addAll(alternativesOfField());
            }
        }
    }

    /** Not the list of an {@code $or}, whose mappings are of fields. */
    private static boolean isAlternatives(JsonNode list) {
        for (JsonNode each : list) {
            boolean operator = each.isObject()
                    && AlternativesReader.OPERATORS.contains(each.fieldNames().next());
            if (!operator && each.isContainerNode()) {
                return false;
            }
        }
        return true;
    }

    private ArrayNode alternatives() {
        ArrayNode list = JSON.arrayNode();
        for (int i = 1 + random.nextInt(2); i > 0; i--) {
            list.add(alternative(true));
        }
        return list;
    }

    /** Puts {@code contains-all} into some lists, which attributes may not have. */
    private ArrayNode alternativesOfField() {
        ArrayNode list = alternatives();
        if (random.nextInt(5) == 0) {
            list.set(0, compared(one(OTHER_FIELDS)));
            return list;
        }
        if (random.nextInt(4) == 0) {
            ArrayNode every = JSON.arrayNode();
            for (int i = random.nextInt(8) == 0 ? 9 : 1 + random.nextInt(3); i > 0; i--) {
                every.add(random.nextBoolean() ? JSON.textNode(one(TEXTS.subList(0, 8))) : alternative(false));
            }
            list.set(0, operator("contains-all", every));
        }
        return list;
    }

    private JsonNode compared(String other) {
        return operator("field", JSON.arrayNode().add(one(SIGNS)).add(other));
    }

    private JsonNode alternative(boolean allowsAll) {
        return switch (random.nextInt(allowsAll ? 16 : 13)) {
            case 0, 1 -> JSON.textNode(one(TEXTS));
            case 2 -> operator("prefix", JSON.textNode(one(PARTS)));
            case 3 -> operator("suffix", JSON.textNode(one(PARTS)));
            case 4 -> operator("wildcard", JSON.textNode(one(WILDCARDS)));
            case 5 -> operator("cidr", JSON.textNode(one(BLOCKS)));
            case 6 -> operator("equals-ignore-case", JSON.textNode(one(TEXTS)));
            case 7 -> operator("prefix", operator("equals-ignore-case", JSON.textNode(one(PARTS))));
            case 8 -> operator("suffix", operator("equals-ignore-case", JSON.textNode(one(PARTS))));
            case 9 -> operator("numeric", range());
            case 10 -> operator("anything-but", JSON.arrayNode().add(one(TEXTS)).add(one(TEXTS)));
            case 11 -> operator("regex", JSON.textNode(one(EXPRESSIONS)));
            case 12 -> operator("topic", JSON.textNode(one(TOPICS)));
            case 13 -> operator("exists", JSON.booleanNode(random.nextBoolean()));
            case 14 -> operator("prefix", JSON.textNode(""));
            default -> operator("all", JSON.arrayNode().add(alternative(false)).add(alternative(false)));
        };
    }

    private ArrayNode range() {
        ArrayNode list = JSON.arrayNode();
        int low = random.nextInt(7) - 3;
        switch (random.nextInt(4)) {
            case 0 -> list.add("=").add(low);
            case 1 -> list.add(one(List.of(">", ">="))).add(low);
            case 2 -> list.add(one(List.of("<", "<="))).add(low);
            default ->
                list.add(one(List.of(">", ">=")))
                        .add(low)
                        .add(one(List.of("<", "<=")))
                        .add(low + 2);
        }
        return list;
    }

    private static ObjectNode operator(String name, JsonNode operand) {
        ObjectNode operator = JSON.objectNode();
        operator.set(name, operand);
        return operator;
    }

    private String one(List<String> of) {
        return of.get(random.nextInt(of.size()));
    }
}
