package dev.weft.filter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.weft.event.MeshEvent;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExplanationTest {

    @Test
    void alignsWhatEachFieldWasAskedAndSaid() {
        assertThat(text(
                        "{type: [{prefix: te}], data: {amount: [{numeric: ['>=', 100]}], country: [DE, FR]}}",
                        "{\"amount\": 5, \"country\": \"DE\"}"))
                .isEqualTo("""
                        refused: data.amount is asked: is >= 100; seen: 5
                          holds    type          "test"  starts with "te"
                          fails    data.amount   5       is >= 100  <- decides
                          holds    data.country  "DE"    is one of "DE", "FR"
                        """);
    }

    @Test
    void saysWhenAllHolds() {
        assertThat(text("{type: [test]}", "{}")).isEqualTo("""
                matched: all that is asked holds
                  holds    type  "test"  is "test"
                """);
    }

    @Test
    void saysThatEveryEventIsWanted() {
        assertThat(Answers.explained(Rule.everything(), Events.withPayload("{}"))
                        .text())
                .isEqualTo("matched: every event is wanted\n");
    }

    @Test
    void showsEachAlternativeOfOr() {
        assertThat(text("{$or: [{type: [other]}, {data: {a: [{exists: false}]}}]}", "{\"b\": 1}"))
                .isEqualTo("""
                        matched: 1 of 2 alternatives matched
                        alternative 1 of 2 refused: type is asked: is "other"; seen: "test"
                          fails    type  "test"  is "other"  <- decides
                        alternative 2 of 2 matched: all that is asked holds
                          holds    data.a  nothing  does not exist
                        """);
    }

    @Test
    void namesTheArrayOfWhichNoSingleObjectHasAll() {
        assertThat(text(
                        "{data: {e: {f: [Anna], l: [Jones]}}}",
                        "{\"e\": [{\"f\": \"Anna\", \"l\": \"Smith\"}, {\"f\": \"P\", \"l\": \"Jones\"}]}"))
                .isEqualTo("""
                        refused: no single object of data.e has what is asked of f, l
                          holds    data.e.f  "Anna", "P"       is "Anna"
                          holds    data.e.l  "Smith", "Jones"  is "Jones"
                        """);
    }

    @Test
    void saysThatAPayloadCannotBeRead() {
        Explanation explanation =
                Answers.explained(Written.rule("{type: [test], data: {a: [1]}}"), Events.withPayload("{\"a\":"));
        assertThat(explanation.damage()).startsWith("the payload is not the JSON it says it is: it ends too early");
        assertThat(explanation.text()).isEqualTo("""
                undecided: the payload cannot be read
                  holds    type    "test"      is "test"
                  unknown  data.a  unreadable  is the number 1
                """);
    }

    @Test
    void doesNotMentionDamageThatTheRuleDoesNotAskAbout() {
        assertThat(Answers.explained(Written.rule("{type: [test]}"), Events.withPayload("{\"a\":"))
                        .damage())
                .isNull();
    }

    @Test
    void attributesDecideBeforeAPayloadThatCannotBeRead() {
        assertThat(text("{data: {a: [1]}, type: [other]}", "{\"a\":"))
                .startsWith("refused: type is asked: is \"other\"; seen: \"test\"\n");
    }

    @Test
    void saysWhyAnExpressionFails() {
        Rule rule =
                Selected.rule("{where: {type: [test]}, sql: \"LENGTH(subject) > 3\\nOR priority > 5 AND type = 'x'\"}");
        assertThat(Answers.explained(rule, Events.withAttributes(Map.of("subject", "abc")))
                        .text())
                .isEqualTo("""
                        refused: type is asked: is "x"; seen: "test"
                          holds    type  "test"  is "test"
                          fails    type  "test"  is "x"  <- decides
                          fails    sql   error: missing attribute priority, priority nothing, subject "abc"  LENGTH(subject) > 3 OR priority > 5
                        """);
        assertThat(Answers.explained(Selected.rule("{sql: \"priority > 5\"}"), Events.withPayload("{}"))
                        .text())
                .isEqualTo("""
                        refused: sql is asked: priority > 5; seen: error: missing attribute priority, priority nothing
                          fails    sql  error: missing attribute priority, priority nothing  priority > 5  <- decides
                        """);
        assertThat(Answers.explained(
                                Selected.rule("{filters: [{not: {sql: \"priority > 5\"}}]}"), Events.withPayload("{}"))
                        .text())
                .isEqualTo("""
                        matched: all that is asked holds
                          holds    not sql  missing attribute priority, priority nothing  priority > 5
                        """);
    }

    @Test
    void cutsLongAndManyValues() {
        String values = "[" + "1,".repeat(20) + "\"" + "x".repeat(500) + "\"]";
        Explanation.Finding finding = Answers.explained(
                        Written.rule("{data: {a: [y], b: [y]}}"),
                        Events.withPayload("{\"a\": " + values + ", \"b\": \"" + "z".repeat(300) + "\"}"))
                .alternatives()
                .get(0)
                .findings()
                .get(0);
        assertThat(finding.seenInWords()).isEqualTo("1, 1, 1, 1, 1 and 16 more");
        assertThat(text("{data: {b: [y]}}", "{\"b\": \"" + "z".repeat(300) + "\"}"))
                .contains("\"" + "z".repeat(80) + "\"... (300 characters)");
    }

    @Test
    void tellsProgramsTheSame() throws Exception {
        Explanation explanation = Answers.explained(
                Written.rule("{type: [test], data: {a: [{exists: true}]}}"), Events.withPayload("{\"b\": 1}"));
        assertThat((JsonNode) explanation.json()).isEqualTo(new JsonMapper().readTree("""
                {"outcome": "refused", "alternatives": [{
                  "outcome": "refused", "because": "data.a is asked: exists; seen: nothing",
                  "findings": [
                    {"path": "type", "seen": ["\\"test\\""], "seenCount": 1, "asked": "is \\"test\\"",
                     "outcome": "matched", "decides": false},
                    {"path": "data.a", "seen": [], "seenCount": 0, "asked": "exists",
                     "outcome": "refused", "decides": true}]}]}
                """));
    }

    @Test
    void hasWordsForEveryOperator() {
        assertThat(List.of(
                        words("[5, true, null]"),
                        words("[{suffix: z}, {prefix: {equals-ignore-case: A}}, {suffix: {equals-ignore-case: Z}}]"),
                        words("[{equals-ignore-case: A}, {wildcard: 'a*'}, {cidr: 10.0.0.0/8}]"),
                        words("[{anything-but: [a, b]}, {anything-but: {prefix: [a, b]}}]"),
                        words("[{numeric: ['>', 0, '<=', 5]}, {numeric: ['<', 7]}, {numeric: ['=', 7]}, 1, 2]"),
                        words("[{exists: true}, {exists: false}, {all: [{prefix: a}, {suffix: z}]}]")))
                .containsExactly(
                        "is the number 5 or is true or is null",
                        "ends with \"z\" or starts with \"A\" in any case or ends with \"Z\" in any case",
                        "is \"A\" in any case or is like \"a*\" or is an address in 10.0.0.0/8",
                        "exists and not (is one of \"a\", \"b\") or "
                                + "exists and not (starts with \"a\") and not (starts with \"b\")",
                        "is one of the numbers 1, 2 or is > 0 and <= 5 or is < 7 or is the number 7",
                        "exists or does not exist or starts with \"a\" and ends with \"z\"");
    }

    @Test
    void saysWhatMatchingSays() {
        RandomPatterns patterns = new RandomPatterns(new Random(7));
        for (int i = 0; i < 3_000; i++) {
            Rule rule = Written.rule("{type: [test, x], data: " + patterns.pattern() + "}");
            String payload = patterns.payload().toString();
            MeshEvent event = Events.of(
                    "t", Map.of("type", i % 5 == 0 ? "y" : "x"), "application/json", i % 7 == 0 ? "{" : payload);
            Outcome matching = Answers.of(rule, event);
            Explanation explanation = Answers.explained(rule, event);
            assertThat(explanation.outcome()).as("%s of %s", rule, payload).isEqualTo(matching);
            assertThat(explanation.text()).startsWith(matching.toString());
        }
    }

    private static String text(String rule, String payload) {
        return Answers.explained(Written.rule(rule), Events.withPayload(payload))
                .text();
    }

    private static String words(String alternatives) {
        return Answers.explained(Written.rule("{data: {a: " + alternatives + "}}"), Events.withPayload("{}"))
                .alternatives()
                .get(0)
                .findings()
                .get(0)
                .asked();
    }
}
