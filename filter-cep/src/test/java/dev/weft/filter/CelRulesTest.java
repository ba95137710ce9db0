package dev.weft.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.Location;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import dev.weft.event.MeshEvent;
import dev.weft.filter.cel.CelExpression;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CelRulesTest {

    private static final long SEED = Long.getLong("weft.cel.seed", 20261121);

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiterString = "=>",
            quoteCharacter = '~',
            value = {
                "data.a > 1 => matched [0]",
                "data.a > 2 => matched []",
                "data.b > 2 => matched [], failed [0]",
                "data.a => matched [], failed [0]",
                "type == 'test' && data.a == 2 => matched [0]",
                "type == 'other' && data.b == 2 => matched []",
                "region == 'eu' => matched [], failed [0]",
            })
    void wantWhatTheExpressionSays(String when, String answer) {
        assertThat(matched(Events.withPayload("{\"a\": 2}"), rule(when))).hasToString(answer);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiterString = "=>",
            quoteCharacter = '~',
            value = {
                "data.a > 1 => undecided",
                "type == 'test' && has(data.a) => undecided",
                "type.size() == 4 || data.a > 1 => matched",
                "type.size() == 9 && data.a > 1 => refused",
                "type.size() == 4 && !(region == 'x' || data.a > 1) => undecided",
                "(data.a > 1 ? type : source) == 'test' => undecided",
                "[1, 2].all(x, x < 2 && data.a > 1) => refused",
                "[1, 2].exists(x, x == data.a) => undecided",
                "region == 'eu' => refused",
            })
    void areUndecidedOnlyWhereADamagedPayloadMatters(String when, String outcome) {
        assertThat(RuleIndex.of(List.of(rule(when)))
                        .explain(0, Events.withPayload("{\"a\": "))
                        .outcome())
                .hasToString(outcome);
    }

    @ParameterizedTest(name = "{0} is found by {1}")
    @CsvSource(
            delimiterString = "=>",
            quoteCharacter = '~',
            value = {
                "type == 'a' && data.x > 1 => \"type\":[\"a\"]",
                "data.x > 1 && ('a' == type && source.startsWith('/b')) => \"source\":[{\"prefix\":\"/b\"}],"
                        + "\"type\":[\"a\"]",
                "type in ['a', 'b'] && id.endsWith('7') => \"id\":[{\"suffix\":\"7\"}],\"type\":[\"a\",\"b\"]",
            })
    void areFoundByTheirTestsOfAttributes(String when, String tests) {
        assertThat(rule(when).toString()).contains(tests);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"type == 'a' || id == 'b'", "subject == 'a' && data.x == 1", "!(type == 'a')", "type != 'a'"})
    void areNotFoundByWhatDoesNotDecide(String when) {
        assertThat(rule(when).toString()).startsWith("{\"$when\":[");
    }

    @Test
    void sayTheSameWithAndWithoutTheirTests() {
        Random random = new Random(SEED);
        List<String> parts = List.of(
                "type == 'test'",
                "type == 'other'",
                "type in ['test', '::1']",
                "type.startsWith('te')",
                "id.endsWith('1')",
                "'0::1' == type",
                "data.a > 1",
                "data.a.b == 'x'",
                "subject == 's'",
                "size(data.list) == 2",
                "type.startsWith('')",
                "source == '/tests'",
                "data.list.exists(x, x > 1)",
                "region == 'eu'",
                "true",
                "false");
        List<MeshEvent> events = List.of(
                Events.withPayload("{\"a\": 2, \"list\": [1, 2]}"),
                Events.withPayload("{\"a\": {\"b\": \"x\"}}"),
                Events.withPayload("{\"a\": "),
                Events.withAttributes(Map.of("subject", "s", "region", "eu")),
                Events.of("shop.orders", Map.of("type", "0:0::1"), "application/json", "{}"));
        for (int i = 0; i < 300; i++) {
            List<Rule> found = new ArrayList<>();
            List<Rule> asked = new ArrayList<>();
            for (int j = 0; j < 20; j++) {
                String when = joined(parts, random);
                found.add(rule(when));
                asked.add(Rule.asking(new CelResidual(expression(when))));
            }
            for (MeshEvent event : events) {
                Matches expected = new Matches();
                PlainRuleSet.of(asked).match(event, expected);
                Matches actual = new Matches();
                RuleIndex.of(found).match(event, actual);
                assertThat(actual).as("seed %d, %s of %s", SEED, event, found).hasToString(expected.toString());
            }
        }
    }

    private static String joined(List<String> parts, Random random) {
        StringBuilder when = new StringBuilder(parts.get(random.nextInt(parts.size())));
        for (int i = random.nextInt(4); i > 0; i--) {
            when.append(random.nextInt(4) == 0 ? " || " : " && ").append(parts.get(random.nextInt(parts.size())));
        }
        return when.toString();
    }

    @Test
    void explainTheAnswerAndTheAttributesItRestsOn() {
        Explanation explanation = RuleIndex.of(List.of(rule("type == 'test' && data.total > 1")))
                .explain(0, Events.withPayload("{\"a\": 2}"));
        assertThat(explanation.toString())
                .contains("error: data.total is missing")
                .contains("type \"test\"");
    }

    private static Matches matched(MeshEvent event, Rule rule) {
        Matches matches = new Matches();
        RuleIndex.of(List.of(rule)).match(event, matches);
        return matches;
    }

    private static Rule rule(String when) {
        Problems problems = new Problems();
        Rule rule = CelRules.parse(scalar(when), problems);
        assertThat(problems.inReadingOrder()).isEmpty();
        return rule;
    }

    private static CelExpression expression(String when) {
        return CelExpression.condition(scalar(when), new Problems()).orElseThrow();
    }

    private static Scalar scalar(String text) {
        return new Scalar(new Location("rule.yaml", 1, 1), "$.when", text, text);
    }
}
