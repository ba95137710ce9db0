package dev.weft.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weft.event.MeshEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ResidualTest {

    private static final MeshEvent EVENT = Events.withPayload("{\"a\": 1}");
    private static final MeshEvent DAMAGED = Events.withPayload("{\"a\": ");

    /** Equal residuals are one and the same to a matcher, so who was asked is noted beside them. */
    private static final ThreadLocal<List<String>> ASKED = ThreadLocal.withInitial(ArrayList::new);

    @AfterEach
    void forget() {
        ASKED.remove();
    }

    @ParameterizedTest(name = "{0} and {1}, payload {2}: {3}")
    @CsvSource(
            delimiter = '|',
            value = {
                "{type: [test]}         | true      | {'a': 1} | matched [0]",
                "{type: [test]}         | false     | {'a': 1} | matched []",
                "{type: [test]}         | fails     | {'a': 1} | matched [], failed [0]",
                "{type: [other]}        | fails     | {'a': 1} | matched []",
                "{data: {a: [1]}}       | true      | {'a': 1} | matched [0]",
                "{data: {a: [2]}}       | fails     | {'a': 1} | matched []",
                "{type: [test]}         | data true | {'a': 1} | matched [0]",
                "{type: [test]}         | true      | {'a'     | matched [0]",
                "{data: {a: [1]}}       | false     | {'a'     | matched []",
                "{data: {a: [1]}}       | fails     | {'a'     | matched [], failed [0]",
                "{type: [other]}        | data true | {'a'     | matched []",
                "{$or: [{type: [test]}, {source: [x]}]} | true  | {} | matched [0]",
                "{$or: [{type: [test]}, {source: [x]}]} | fails | {} | matched [], failed [0]"
            })
    void holdsOnlyTogetherWithTheRest(String pattern, String says, String payload, String answer) {
        Rule rule = Written.rule(pattern).and(Rule.asking(new Spoken("x", says)));
        assertThat(bothMatched(Events.withPayload(payload.replace('\'', '"')), rule))
                .hasToString(answer);
    }

    @ParameterizedTest(name = "{0} and {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "{data: {a: [1]}} | true",
                "{data: {a: [1]}} | data true",
                "{type: [test]}   | data true",
                "{type: [test]}   | data false"
            })
    void isUndecidedWhereAllElseHoldsAndThePayloadWouldTell(String pattern, String says) {
        Rule rule = Written.rule(pattern).and(Rule.asking(new Spoken("x", says)));
        assertThat(bothMatched(DAMAGED, rule).toString()).startsWith("matched [], undecided [0]: ");
    }

    @Test
    void aMatchedAlternativeOutweighsOneThatFails() {
        Rule rule = Rule.anyOf(Stream.of(new Spoken("x", "fails"), new Spoken("y", "true"))
                .map(Conjunction::asking)
                .toList());
        assertThat(bothMatched(EVENT, rule)).hasToString("matched [0]");
    }

    static Stream<List<String>> refusals() {
        return Stream.of(List.of("{type: [other]}"), List.of("{data: {a: [2]}}"), List.of("{subject: [x]}"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void isNotAskedWhereTheRestRefuses(List<String> pattern) {
        Rule rule = Written.rule(pattern.get(0)).and(Rule.asking(new Spoken("x", "true")));
        RuleIndex.of(List.of(rule)).match(EVENT, new Matches());
        assertThat(ASKED.get()).isEmpty();
    }

    @Test
    void isAskedOnceHoweverManyRulesShareIt() {
        List<Rule> rules = IntStream.range(0, 1_000)
                .mapToObj(i -> Written.rule("{data: {n" + i % 10 + ": [{exists: false}]}}")
                        .and(Rule.asking(new Spoken("x", "true"))))
                .toList();
        RuleIndex index = RuleIndex.of(rules);
        Matches matches = new Matches();
        for (int i = 1; i <= 3; i++) {
            index.match(EVENT, matches);
            assertThat(matches.matchedCount()).isEqualTo(1_000);
            assertThat(ASKED.get()).hasSize(i);
        }
    }

    @Test
    void aRefusalKeepsTheNextFromBeingAsked() {
        Rule rule = Rule.asking(new Spoken("x", "false")).and(Rule.asking(new Spoken("y", "true")));
        RuleIndex.of(List.of(rule)).match(EVENT, new Matches());
        assertThat(ASKED.get()).containsExactly("x");
    }

    @Test
    void rulesAreMultipliedOut() {
        Rule one = Written.rule("{$or: [{type: [a]}, {type: [b]}]}");
        Rule other = Written.rule("{$or: [{id: ['1']}, {id: ['2']}]}").and(Rule.asking(new Spoken("x", "true")));
        Rule both = one.and(other);
        assertThat(both.combinations()).isEqualTo(4);
        assertThat(both)
                .hasToString("{\"$or\":["
                        + Stream.of("1 a", "1 b", "2 a", "2 b")
                                .map(each -> "{\"$spoken\":[\"x\"],\"id\":[\"" + each.charAt(0) + "\"],\"type\":[\""
                                        + each.charAt(2) + "\"]}")
                                .collect(Collectors.joining(","))
                        + "]}");
    }

    @Test
    void everythingAddsNothingAndNothingLeavesNothing() {
        Rule rule = Written.rule("{type: [a]}").and(Rule.asking(new Spoken("x", "true")));
        assertThat(rule.and(Rule.everything())).isEqualTo(rule);
        assertThat(Rule.everything().and(rule)).isEqualTo(rule);
        assertThat(rule.and(Rule.nothing())).isEqualTo(Rule.nothing());
        assertThat(rule.and(rule)).isEqualTo(rule);
    }

    @Test
    void refusesMoreCombinationsThanARuleMayHave() {
        Rule one = alternatives(40);
        assertThat(one.and(alternatives(25)).combinations()).isEqualTo(1_000);
        assertThatThrownBy(() -> one.and(alternatives(26))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void asksAnAttributeTwice() {
        Rule rule = Written.rule("{subject: [{prefix: a}]}").and(Written.rule("{subject: [{suffix: z}]}"));
        assertThat(rule)
                .hasToString("{\"$and\":[{\"subject\":[{\"suffix\":\"z\"}]}],\"subject\":[{\"prefix\":\"a\"}]}");
        assertThat(bothMatched(Events.withAttributes(Map.of("subject", "abz")), rule))
                .hasToString("matched [0]");
        assertThat(bothMatched(Events.withAttributes(Map.of("subject", "abc")), rule))
                .hasToString("matched []");
    }

    @Test
    void fieldsOfTwoRulesNeedNotBeOfOneObject() {
        Rule rule = Written.rule("{data: {items: {sku: [a]}}}").and(Written.rule("{data: {items: {n: [2]}}}"));
        String crossed = "{\"items\": [{\"sku\": \"a\", \"n\": 1}, {\"sku\": \"b\", \"n\": 2}]}";
        assertThat(bothMatched(Events.withPayload(crossed), rule)).hasToString("matched [0]");
        assertThat(bothMatched(Events.withPayload("{\"items\": [{\"sku\": \"a\"}]}"), rule))
                .hasToString("matched []");
        assertThat(bothMatched(DAMAGED, rule).undecidedCount()).isEqualTo(1);
    }

    @Test
    void isExplainedWithWhatItRead() {
        Rule rule = Written.rule("{type: [test]}").and(Rule.asking(new Spoken("subject like\n  this", "fails")));
        assertThat(Answers.explained(rule, EVENT).text()).isEqualTo("""
                refused: spoken is asked: subject like this; seen: error: told to, subject nothing
                  holds    type    "test"                           is "test"
                  fails    spoken  error: told to, subject nothing  subject like this  <- decides
                """);
    }

    private static Rule alternatives(int count) {
        return Rule.anyOf(IntStream.range(0, count)
                .mapToObj(i -> Conjunction.asking(new Spoken(count + "." + i, "true")))
                .toList());
    }

    private static Matches bothMatched(MeshEvent event, Rule rule) {
        Matches plain = new Matches();
        PlainRuleSet.of(List.of(rule)).match(event, plain);
        Matches index = new Matches();
        RuleIndex.of(List.of(rule)).match(event, index);
        assertThat(index).hasToString(plain.toString());
        return index;
    }

    /** Answers as it is told. */
    private record Spoken(String text, String says) implements Residual {

        @Override
        public String language() {
            return "spoken";
        }

        @Override
        public List<List<String>> wantedPaths() {
            return says.startsWith("data") ? List.of(List.of("a")) : List.of();
        }

        @Override
        public List<String> attributes() {
            return List.of("subject");
        }

        @Override
        public Answer answer(MeshEvent event, @Nullable JsonNode root) {
            ASKED.get().add(text);
            if (says.equals("fails")) {
                return Answer.failure("told to");
            }
            return says.startsWith("data") && root == null ? Answer.UNREADABLE : Answer.of(says.endsWith("true"));
        }
    }
}
