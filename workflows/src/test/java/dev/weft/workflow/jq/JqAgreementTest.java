package dev.weft.workflow.jq;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.thisptr.jackson.jq.BuiltinFunctionLoader;
import net.thisptr.jackson.jq.JsonQuery;
import net.thisptr.jackson.jq.Scope;
import net.thisptr.jackson.jq.exception.JsonQueryException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is evaluated directly, and what is evaluated step by counted step, is what the library says by itself. */
class JqAgreementTest {

    private static final long SEED = Long.getLong("weft.jq.seed", 20261121);
    private static final int EXPRESSIONS = Integer.getInteger("weft.jq.expressions", 8_000);
    private static final int INPUTS = 5;

    private static final Scope LIBRARY = library();
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** Texts that were repeated a million times would only make the test slow. */
    private static final JqBudget BUDGET = new JqBudget(Duration.ofMillis(1), 1_000_000, 10_000, () -> 0);

    private final Random random = new Random(SEED);

    @Test
    void everyExpressionSaysWhatTheLibrarySays() throws Exception {
        int direct = 0;
        int failed = 0;
        for (int i = 0; i < EXPRESSIONS; i++) {
            String text = i % 4 == 0 ? expression(4) : typed(4);
            Jq jq = Jq.compile(text, Set.of("v", "w"));
            for (int j = 0; j < INPUTS; j++) {
                JsonNode input = i % 4 == 0 ? value(3) : record();
                Map<String, JsonNode> variables = Map.of("v", i % 4 == 0 ? value(2) : record(), "w", value(1));
                if (isTooMuchForTheLibrary(jq, input, variables)) {
                    continue;
                }
                JsonNode expected = library(text, input, variables);
                String context =
                        "seed " + SEED + ", expression " + i + ": " + text + " of " + input + " and " + variables;
                assertThat(evaluated(jq, input, variables)).as(context).isEqualTo(expected);
                assertThat(stepByStep(jq, input, variables)).as(context).isEqualTo(expected);
                direct += jq.isDirect(input, Variables.of(variables)) ? 1 : 0;
                failed += expected == null ? 1 : 0;
            }
        }
        int all = EXPRESSIONS * INPUTS;
        assertThat(direct)
                .as("evaluated directly, of " + all + ", " + failed + " failed")
                .isGreaterThan(all / 4);
        assertThat(failed).isBetween(all / 20, all * 3 / 4);
    }

    /** Those functions of which there is one of our own. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "[match(\"[aä-ü]+\"; \"g\")]",
                "[match(\"a(b)?(?<name>c)\"; \"g\")]",
                "[match(\"(x)|a\"; \"gi\")]",
                "test(\"B\"; \"i\")",
                "test(\"c\")",
                "[scan(\"[abc]\")]",
                "[scan(\"(a)(b)\")]",
                "sub(\"b\"; \"<>\")",
                "gsub(\"(?<x>[ab])\"; \"<\\(.x)>\")",
                "gsub(\"nothing\"; \"x\")",
                "[splits(\"b\")]",
                "capture(\"(?<first>.)(?<second>.)\")",
                "ascii_downcase",
                "contains(\"b\")",
                "[indices(\"b\")]",
                "split(\"b\") | join(\"+\")",
            })
    void functionsOfOurOwnSayWhatTheLibrarysSay(String text) throws Exception {
        Jq jq = Jq.compile(text, Set.of());
        for (String input : List.of("abc", "", "aabbcc", "äöü abc üöä", "ABCabc", "acac abc", "😀a😀b")) {
            JsonNode node = JSON.textNode(input);
            assertThat(evaluated(jq, node, Map.of())).as(input).isEqualTo(library(text, node, Map.of()));
        }
    }

    /** It has no bounds, and takes the test's memory with it. */
    private static boolean isTooMuchForTheLibrary(Jq jq, JsonNode input, Map<String, JsonNode> variables) {
        try {
            jq.evalSlowly(input, Variables.of(variables), BUDGET);
            return false;
        } catch (JqFailure e) {
            return String.valueOf(e.getMessage()).contains("a value grows larger than");
        }
    }

    private static @Nullable JsonNode evaluated(Jq jq, JsonNode input, Map<String, JsonNode> variables) {
        try {
            return jq.eval(input, Variables.of(variables), BUDGET);
        } catch (JqFailure e) {
            return null;
        }
    }

    private static @Nullable JsonNode stepByStep(Jq jq, JsonNode input, Map<String, JsonNode> variables) {
        try {
            return jq.evalSlowly(input, Variables.of(variables), BUDGET);
        } catch (JqFailure e) {
            return null;
        }
    }

    private static @Nullable JsonNode library(String text, JsonNode input, Map<String, JsonNode> variables) {
        Scope scope = Scope.newChildScope(LIBRARY);
        variables.forEach(scope::setValue);
        List<JsonNode> results = new ArrayList<>();
        try {
            JsonQuery.compile(text, Builtins.JQ).apply(scope, input, results::add);
        } catch (JsonQueryException | RuntimeException e) {
            return null;
        }
        return results.isEmpty()
                ? NullNode.getInstance()
                : results.size() == 1 ? results.get(0) : JSON.arrayNode().addAll(results);
    }

    private static Scope library() {
        Scope scope = Scope.newEmptyScope();
        BuiltinFunctionLoader.getInstance().loadFunctions(Builtins.JQ, scope);
        return scope;
    }

    /** An expression that fits what {@link #record()} makes, mostly. */
    private String typed(int depth) {
        return switch (random.nextInt(7)) {
            case 0 -> number(depth);
            case 1 -> text(depth);
            case 2 -> condition(depth);
            case 3 -> "{n: " + number(depth) + ", \"s\": " + text(depth) + ", c: (" + condition(depth) + ")}";
            case 4 -> "[" + number(depth) + ", " + text(depth) + ", .l[" + random.nextInt(3) + "], .o.p.q]";
            case 5 -> "if " + condition(depth) + " then " + typed(depth - 1) + " else " + typed(depth - 1) + " end";
            default -> "(.o // " + text(depth) + ") | " + one(".", ".p", ".p.q", "not", "[.]");
        };
    }

    private String number(int depth) {
        if (depth <= 0 || random.nextInt(4) == 0) {
            return one(".n", ".m", "$v.n", ".o.n", "1", "2.5", "-3", "0", "100000000000");
        }
        return switch (random.nextInt(6)) {
            case 0 -> "(if " + condition(depth - 1) + " then " + number(depth - 1) + " else .m end)";
            case 1 -> "(-" + number(depth - 1) + ")";
            default -> "(" + number(depth - 1) + one(" + ", " - ", " * ", " / ", " % ") + number(depth - 1) + ")";
        };
    }

    private String text(int depth) {
        if (depth <= 0 || random.nextInt(3) == 0) {
            return one(".s", ".t", "$v.s", "\"abc\"", "\"\"");
        }
        return random.nextBoolean()
                ? "(" + text(depth - 1) + " + " + text(depth - 1) + ")"
                : "\"<\\(" + text(depth - 1) + "), \\(.i)>\"";
    }

    private String condition(int depth) {
        if (depth <= 0 || random.nextInt(4) == 0) {
            return one(".f", "true", "false", ".missing", "(.n > 0)", "(.s == \"a\")");
        }
        return switch (random.nextInt(5)) {
            case 0 -> "(" + condition(depth - 1) + " and " + condition(depth - 1) + ")";
            case 1 -> "(" + condition(depth - 1) + " or " + condition(depth - 1) + ")";
            case 2 -> "(" + condition(depth - 1) + " | not)";
            case 3 -> "(" + text(depth - 1) + one(" == ", " != ", " < ", " >= ") + text(depth - 1) + ")";
            default -> "(" + number(depth - 1) + one(" == ", " != ", " <= ", " > ") + number(depth - 1) + ")";
        };
    }

    private JsonNode record() {
        ObjectNode record = JSON.objectNode();
        record.set("n", number());
        record.set("m", JSON.numberNode(random.nextInt(20) - 5));
        record.put("i", random.nextInt(100));
        record.put("s", one("a", "b", "order-17", "ü"));
        record.put("t", one("", "text"));
        record.put("f", random.nextBoolean());
        record.set("l", JSON.arrayNode().add(number()).add("x"));
        if (random.nextBoolean()) {
            record.putObject("o").put("n", random.nextDouble()).putObject("p").set("q", value(1));
        }
        return record;
    }

    private String expression(int depth) {
        if (depth == 0 || random.nextInt(6) == 0) {
            return leaf();
        }
        String a = expression(depth - 1);
        String b = expression(depth - 1);
        return switch (random.nextInt(22)) {
            case 0, 1 -> "(" + a + " " + one("==", "!=", "<", "<=", ">", ">=") + " " + b + ")";
            case 2, 3, 4 -> "(" + a + " " + one("+", "-", "*", "/", "%") + " " + b + ")";
            case 5 -> "(" + a + " " + one("and", "or") + " " + b + ")";
            case 6 -> "(" + a + " // " + b + ")";
            case 7 -> "[" + a + ", " + b + "]";
            case 8 -> "[" + a + "]";
            case 9 -> "{a: (" + a + "), \"b\": (" + b + ")}";
            case 10 -> "{a, $v, (" + a + "): (" + b + ")}";
            case 11 -> "{\"c\", " + one("if", "and", "b") + ": (" + a + ")}";
            case 12 -> "if " + a + " then " + b + " else " + expression(depth - 1) + " end";
            case 13 -> "if " + a + " then " + b + " elif " + expression(depth - 1) + " then 1 else . end";
            case 14, 15 -> "(" + a + " | " + b + ")";
            case 16 -> "\"x\\(" + a + ")y\\(" + b + ")\"";
            case 17 ->
                "(" + a + ")" + one(".a", "[0]", "[-1]", "[\"b\"]", ".\"c\"", "[1.5]", "[" + b + "]", "[1:2]", "?");
            case 18 -> "(" + a + " | not)";
            case 19 -> "(-" + a + ")";
            case 20 -> "[" + a + " | " + one(".[]", ".[]?", "length", "type", "tostring", "keys?") + "]";
            default -> "(" + a + " as $x | " + b + " + $x)";
        };
    }

    private String leaf() {
        return one(
                ".",
                ".a",
                ".b",
                ".a.b",
                ".a[0]",
                ".[0]",
                ".[\"a\"]",
                ".c?",
                "$v",
                "$w",
                "$v.a",
                "$w[0]",
                "null",
                "true",
                "false",
                "0",
                "1",
                "2",
                "-1",
                "1.0",
                "0.5",
                "1e3",
                "1e308",
                "9007199254740993",
                "2147483647",
                "9223372036854775807",
                "\"\"",
                "\"a\"",
                "\"b c\"",
                "[]",
                "{}",
                "[1, 2]",
                "{a: 1}");
    }

    private JsonNode value(int depth) {
        return switch (random.nextInt(depth == 0 ? 8 : 12)) {
            case 0 -> JSON.nullNode();
            case 1 -> JSON.booleanNode(random.nextBoolean());
            case 2, 3 -> number();
            case 4 -> JSON.numberNode(random.nextInt(5) - 1);
            case 5, 6, 7 -> JSON.textNode(one("", "a", "b", "abc", "x\"y", "ü"));
            case 8 -> array(depth - 1);
            default -> object(depth - 1);
        };
    }

    private JsonNode array(int depth) {
        ArrayNode array = JSON.arrayNode();
        for (int i = random.nextInt(4); i > 0; i--) {
            array.add(value(depth));
        }
        return array;
    }

    private JsonNode object(int depth) {
        ObjectNode object = JSON.objectNode();
        for (int i = random.nextInt(4); i > 0; i--) {
            object.set(one("a", "b", "c"), value(depth));
        }
        return object;
    }

    private JsonNode number() {
        return switch (random.nextInt(10)) {
            case 0 -> JSON.numberNode(random.nextInt());
            case 1 -> JSON.numberNode(random.nextLong());
            case 2 -> JSON.numberNode(random.nextDouble() * 100);
            case 3 -> JSON.numberNode(-0.0);
            case 4 -> JSON.numberNode(new BigDecimal("12.50"));
            case 5 -> JSON.numberNode(BigInteger.TWO.pow(70));
            case 6 -> JSON.numberNode(3.0);
            case 7 -> JSON.numberNode(Long.MIN_VALUE);
            case 8 -> JSON.numberNode(1.5f);
            default -> JSON.numberNode(Integer.MAX_VALUE);
        };
    }

    private String one(String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
