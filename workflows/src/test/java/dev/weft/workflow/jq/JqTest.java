package dev.weft.workflow.jq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weft.config.Location;
import dev.weft.workflow.host.ThreadTime;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JqTest {

    /** As jobs take it: what else the machine does is not the expression's. */
    private static final LongSupplier TIME = ThreadTime.or(System::nanoTime);

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> IN_SCOPE = Set.of("context", "input", "item");

    @ParameterizedTest(name = "{0} of {1} is {2}")
    @CsvSource(
            delimiterString = " => ",
            value = {
                ".a.b => {\"a\":{\"b\":1}} => 1",
                ".a.b => {} => null",
                ".price * .quantity => {\"price\":2.5,\"quantity\":4} => 10",
                ".items[] => {\"items\":[1,2]} => [1,2]",
                ".items[] => {\"items\":[1]} => 1",
                "empty => 1 => null",
                "[.[] as $x | $x + 1] => [1,2] => [2,3]",
                "map(select(. > 1)) => [1,2,3] => [2,3]",
                "if . then 1 else 2 end => null => 2",
                "\"Hello \\(.name)!\" => {\"name\":\"Ada\"} => \"Hello Ada!\"",
                "gsub(\"[aeiou]\"; \"*\") => \"workflow\" => \"w*rkfl*w\"",
                "[match(\"ö+\"; \"g\") | .offset, .length] => \"aöböö\" => [1,1,3,2]",
                "capture(\"(?<n>[0-9]+)\") => \"no 42\" => {\"n\":\"42\"}",
                "[splits(\", *\")] => \"a, b,c\" => [\"a\",\"b\",\"c\"]",
                "try error(\"x\") catch . => 1 => \"x\"",
                "def f(x): x * 2; f(.) => 4 => 8",
                "9007199254740993 => 1 => 9007199254740993",
            })
    void evaluates(String expression, String input, String result) throws Exception {
        assertThat(eval(expression, json(input))).isEqualTo(json(result));
    }

    @Test
    void asksForTheVariablesItUses() throws Exception {
        Jq jq = Jq.compile("$context.a + .b as $b | $b", IN_SCOPE);
        assertThat(jq.variables()).containsExactly("context");
        JsonNode context = json("{\"a\":1}");
        assertThat(jq.eval(json("{\"b\":2}"), Variables.of(Map.of("context", context)), budget()))
                .isEqualTo(json("3"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '`',
            value = {
                "$contxt => found the variable $contxt, which is not there, expected one of $context, $input, $item. Did you mean \"$context\"?",
                "legnth => found the function legnth, which is not there, expected a function of jq 1.7. Did you mean \"length\"?",
                "split(1;2;3) => found the function split with 3 arguments, expected one of 1, 2 of them, parted by \";\"",
                ".a b => found \"b\" at column 4 of \".a b\", expected an expression in jq",
                ".a + => found \".a +\", which ends too early, expected an expression in jq",
                "\"a => found \"\"\" at column 1 of \"\"a\", expected an expression in jq",
                "include \"x\"; . => found a module, expected an expression that stands for itself",
                "_match_impl(.;.;.) => found the function _match_impl, which is not there, expected a function of jq 1.7",
                "now => found the function now, expected a function of its data alone; the time an instance started at is $workflow.startedAt",
                "$ENV.HOME => found $ENV, expected a function of its data alone; what differs between places is $secrets",
                "input => found the function input, expected a function of its data alone; there is one input, which is \".\"",
            })
    void saysWhatIsWrongWithAText(String expression, String message) {
        assertThatThrownBy(() -> Jq.compile(expression, IN_SCOPE))
                .isInstanceOf(JqException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "env",
                "inputs",
                "input_filename",
                "input_line_number",
                "debug",
                "stderr",
                "halt",
                "halt_error(1)",
                "localtime",
                "mktime",
                "strflocaltime(\"%H\")",
                "debug_scope",
                "$__prog_args"
            })
    void knowsOnlyItsData(String expression) {
        assertThatThrownBy(() -> Jq.compile(expression, IN_SCOPE)).isInstanceOf(JqException.class);
    }

    @Test
    void pointsAtTheFileTheTextStandsIn() {
        Location at = new Location("w.yaml", 3, 9);
        assertThatThrownBy(() -> Jq.compile(".a |", IN_SCOPE))
                .isInstanceOfSatisfying(
                        JqException.class,
                        e -> assertThat(e.problem(at, "$.do[0].if").message())
                                .isEqualTo("w.yaml:3:9: $.do[0].if: found \".a |\", which ends too early,"
                                        + " expected an expression in jq"));
    }

    @Test
    void saysWhichDataDoesNotFit() {
        assertThatThrownBy(() -> eval(".a.b", json("{\"a\":1}")))
                .isInstanceOf(JqFailure.class)
                .hasMessage(".a.b: Cannot index number with string \"b\"");
    }

    /** Each would take forever, or all memory there is. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "[range(1e12)]",
                "reduce range(1e12) as $i (0; . + $i)",
                "last(range(1e12))",
                "range(1e300; 1e301)",
                "def f: f; f",
                "def f: 1 + f; f",
                "def f: (. + 1 | f); 0 | f",
                "[recurse(. + 1)]",
                "[1 | while(true; . + 1)]",
                "1 | until(false; . + 1)",
                "try ([range(1e12)]) catch 1",
                "[range(1e12)?]",
                "\"x\" * 1000000000",
                "1000000000 * \"x\"",
                "\"\" * 1000000000000",
                "{a: \"xy\"} | .a *= 1000000000",
                "reduce range(40) as $i (\"xxxxxxxxxx\"; . + .)",
                "reduce range(60) as $i ([1]; [., .])",
                "reduce range(60) as $i ([1]; {a: ., b: .})",
                "reduce range(60) as $i ([1]; . + .)",
                "[[1]|[.,.]|[.,.]|[.,.]|[.,.]|[.,.]|[.,.]|[.,.]|[.,.]|[.,.]|[.,.]|[.,.]|[.,.]|[.,.]|[.,.]|[.,.]|[.,.]|[.,.]|[.,.]"
                        + "|[.,.]|[.,.]|[.,.]|[.,.]|[.,.]|[.,.]|[.,.]|[.,.]|[.,.]|[.,.]|[.,.]|[.,.]|[.,.]|[.,.]|[.,.]]",
                "[range(1000)] | [.[] as $a | .[] as $b | $a + $b]",
                "[range(1000)] | [combinations(3)]",
                "[[range(500)], [range(500)], [range(500)]] | [combinations]",
                ".[1000000000] = 1",
                "null | setpath([1000000000]; 1)",
                "null | getpath([1000000000]) |= 1",
                "[range(20000)] | contains(map(. + 1))",
                "[range(20000)] as $a | $a + $a | indices([range(20001)])",
                "[range(300000)] | join(\"0123456789012345678901234567890123456789\")",
                "\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\" | test(\"^(a+)+$\")",
                "\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\" | test(\"^(a|aa)+$\")",
                "\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!\" | gsub(\"^(a|a?)+$\"; \"b\")",
                "[\"x\" * 100000 | splits(\"\")]",
                "\"x\" * 1000000 | [scan(\".\")]",
                "\"x\" * 100000 | gsub(\"\"; \"0123456789\" * 1000)",
                "\"[\" * 100000 | fromjson",
                "reduce range(1000000) as $i (null; [.])",
            })
    void endsInTime(String expression) throws Exception {
        Jq jq = Jq.compile(expression, IN_SCOPE);
        long before = TIME.getAsLong();
        assertThatThrownBy(() -> jq.eval(json("null"), Variables.NONE, budget()))
                .isInstanceOf(JqFailure.class);
        assertThat(TIME.getAsLong() - before).isLessThan(2_000_000_000L);
    }

    @Test
    void stopsByTheClockItIsGiven() throws Exception {
        AtomicLong nanos = new AtomicLong();
        Jq jq = Jq.compile("[range(10000)] | length", IN_SCOPE);
        assertThat(jq.eval(json("null"), Variables.NONE, JqBudget.usual(nanos::get)))
                .isEqualTo(json("10000"));
        assertThatThrownBy(
                        () -> jq.eval(json("null"), Variables.NONE, JqBudget.usual(() -> nanos.addAndGet(1_000_000))))
                .isInstanceOf(JqFailure.class)
                .hasMessageEndingWith(": it takes longer than 50 ms");
    }

    @Test
    void looksAtNoClockWhereAnEvaluationIsShort() throws Exception {
        AtomicLong looks = new AtomicLong();
        Jq jq = Jq.compile("[range(4)] | map(. + 1) | add", IN_SCOPE);
        assertThat(jq.eval(json("null"), Variables.NONE, JqBudget.usual(looks::incrementAndGet)))
                .isEqualTo(json("10"));
        assertThat(looks).hasValue(0);
    }

    @Test
    void evaluatesLongExpressionsAndRefusesLongerOnes() throws Exception {
        Jq jq = Jq.compile("1" + " + 1".repeat(500), IN_SCOPE);
        assertThat(jq.eval(json("null"), Variables.NONE, budget())).isEqualTo(json("501"));
        assertThatThrownBy(() -> Jq.compile("(".repeat(30_000) + "1" + ")".repeat(30_000), IN_SCOPE))
                .isInstanceOf(JqException.class);
        assertThatThrownBy(() -> Jq.compile("1" + " ".repeat(70_000), IN_SCOPE)).isInstanceOf(JqException.class);
    }

    @Test
    void neverTakesDataForAnExpression() throws Exception {
        JsonNode input = json("{\"a\":\"${ .secret }\",\"secret\":\"s\",\"b\":\".secret\"}");
        assertThat(eval("[.a, .b, \"\\(.a)\"]", input))
                .isEqualTo(json("[\"${ .secret }\",\".secret\",\"${ .secret }\"]"));
    }

    private static JsonNode eval(String expression, JsonNode input) throws Exception {
        return Jq.compile(expression, IN_SCOPE).eval(input, Variables.NONE, budget());
    }

    private static JqBudget budget() {
        return JqBudget.usual(TIME);
    }

    private static JsonNode json(String text) throws Exception {
        return JSON.readTree(text);
    }
}
