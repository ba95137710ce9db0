package dev.weft.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.weft.event.MeshEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RuleIndexTest {

    private static final int MANY = 10_000;
    private static final Duration BOUND = Duration.ofSeconds(60);

    /** Sets of rules that an index may find hard, each with how many of them want the event. */
    static Stream<Arguments> hardSets() {
        return Stream.of(
                hard("all on one hot value", MANY, i -> "{subject: [abcdef], n: [{numeric: ['>', " + i + "]}]}", 500),
                hard("all wanted", MANY, i -> "{subject: [{prefix: abc}]}", MANY),
                hard(
                        "all wanted, each by its own test",
                        1_000,
                        i -> "{data: {n: [{numeric: ['<', " + (501 + i) + "]}]}}",
                        1_000),
                hard("wildcards with a start", MANY, i -> "{subject: [{wildcard: 'abc" + (i % 500) + "*f'}]}", 0),
                hard("wildcards with an end", MANY, i -> "{subject: [{wildcard: '*" + i + "f'}]}", 0),
                hard(
                        "wildcards with one start and one end",
                        MANY,
                        i -> "{subject: [{wildcard: 'a*c" + i + "d*f'}]}",
                        0),
                hard("wildcards all alike but once", MANY, i -> "{data: {long: [{wildcard: 'a*x" + i + "x*'}]}}", 1),
                hard("wildcards with neither", MANY, i -> "{data: {long: [{wildcard: '*x" + i + "x*'}]}}", 1),
                hard("wildcards of one inside", MANY, i -> "{data: {long: [{wildcard: '*aaaaaaaaa*y" + i + "*'}]}}", 0),
                hard(
                        "overlapping ranges",
                        MANY,
                        i -> "{data: {n: [{numeric: ['>=', " + i + ", '<=', " + (i + 10) + "]}]}}",
                        11),
                hard("suffixes of many lengths", 1_000, i -> "{subject: [{suffix: '" + "e".repeat(i) + "f'}]}", 2),
                hard(
                        "in any case",
                        MANY,
                        i -> "{subject: [{equals-ignore-case: ABC" + i + "}, ABCDE, {suffix: {equals-ignore-case: 'E"
                                + i + "F'}}]}",
                        0),
                hard(
                        "blocks of addresses",
                        MANY,
                        i -> "{ip: [{cidr: '10." + (i / 250) + "." + (i % 250) + ".0/24'}]}",
                        1),
                hard(
                        "absent and present",
                        1_000,
                        i -> "{data: {m: [{exists: false}], n: [{exists: true}, " + i + "]}}",
                        1_000),
                hard(
                        "attributes of many names",
                        1_000,
                        i -> "{a" + i + ": [{exists: false}, x], subject: [abcdef]}",
                        1_000),
                hard("fields of many names", MANY, i -> "{data: {f" + i + ": [1]}}", 1));
    }

    private static Arguments hard(String name, int count, IntFunction<String> rule, int wanted) {
        return Arguments.of(name, count, rule, wanted);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hardSets")
    void answersHardSetsAsThePlainMatcherDoes(String name, int count, IntFunction<String> rule, int wanted) {
        List<Rule> rules =
                IntStream.range(0, count).mapToObj(rule).map(Written::rule).toList();
        MeshEvent event = Events.of(
                "shop.orders",
                Map.of("subject", "abcdef", "n", "500", "ip", "10.3.7.1"),
                "application/json",
                "{\"n\": 500, \"f77\": 1, \"long\": \"" + "a".repeat(2_000) + "x123x\"}");
        Matches answer = assertTimeoutPreemptively(BOUND, () -> matched(RuleIndex.of(rules), event));
        assertThat(answer).hasToString(matched(PlainRuleSet.of(rules), event).toString());
        assertThat(answer.matchedCount()).isEqualTo(wanted);
    }

    @Test
    void findsOneOfManyAlternatives() {
        String literals = IntStream.range(1, MANY).mapToObj(i -> "v" + i).collect(Collectors.joining(","));
        List<Rule> rules = IntStream.range(0, 20)
                .mapToObj(i -> Written.rule("{subject: [" + literals + ", w" + i + "]}"))
                .toList();
        assertThat(matched(RuleIndex.of(rules), Events.withAttributes(Map.of("subject", "v77")))
                        .matchedCount())
                .isEqualTo(20);
        assertThat(matched(RuleIndex.of(rules), Events.withAttributes(Map.of("subject", "w7"))))
                .hasToString("matched [7]");
    }

    @Test
    void tellsFieldsOfOneObjectFromFieldsOfSeveral() {
        List<Rule> rules = IntStream.range(0, 100)
                .mapToObj(i -> Written.rule("{data: {items: {sku: [s" + i + "], n: [" + i + "]}}}"))
                .toList();
        String crossed = "{\"items\": [{\"sku\": \"s1\", \"n\": 2}, {\"sku\": \"s2\", \"n\": 1}]}";
        assertThat(matched(RuleIndex.of(rules), Events.withPayload(crossed))).hasToString("matched []");
        String together = "{\"items\": [{\"sku\": \"s1\", \"n\": 2}, [{\"sku\": \"s7\", \"n\": 7.0}]]}";
        assertThat(matched(RuleIndex.of(rules), Events.withPayload(together))).hasToString("matched [7]");
    }

    @Test
    void leavesThePayloadUnreadWhereAttributesRefuse() {
        List<Rule> rules = IntStream.range(0, 100)
                .mapToObj(i -> Written.rule("{type: [t" + i + "], data: {n: [" + i + "]}}"))
                .toList();
        assertThat(matched(RuleIndex.of(rules), Events.withPayload("{\"n\": "))).hasToString("matched []");
    }

    @Test
    void leavesRulesUndecidedThatThePayloadWouldTellApart() {
        List<Rule> rules = IntStream.range(0, 100)
                .mapToObj(i -> Written.rule("{type: [" + (i < 40 ? "test" : "other") + "], data: {n: [" + i + "]}}"))
                .toList();
        Matches answer = matched(RuleIndex.of(rules), Events.withPayload("{\"n\": "));
        assertThat(IntStream.range(0, answer.undecidedCount()).map(answer::undecided))
                .containsExactlyElementsOf(IntStream.range(0, 40).boxed().toList());
        assertThat(answer.damage()).startsWith("the payload is not the JSON it says it is: it ends too early");
    }

    @Test
    void keepsTheAnswersOfSeveralIndexesApart() {
        RuleIndex one = RuleIndex.of(List.of(Written.rule("{type: [test]}"), Written.rule("{type: [x]}")));
        RuleIndex other = RuleIndex.of(List.of(Written.rule("{type: [x]}"), Written.rule("{type: [test]}")));
        MeshEvent event = Events.withPayload("{}");
        Matches matches = new Matches();
        for (int i = 0; i < 3; i++) {
            one.match(event, matches);
            assertThat(matches).hasToString("matched [0]");
            other.match(event, matches);
            assertThat(matches).hasToString("matched [1]");
        }
    }

    @Test
    void answersAlikeAfterAnyNumberOfEvents() {
        List<Rule> rules = IntStream.range(0, 100)
                .mapToObj(i -> Written.rule("{subject: [s" + i + "], data: {n: [" + i % 2 + "]}}"))
                .toList();
        RuleIndex index = RuleIndex.of(rules);
        List<MeshEvent> events = IntStream.range(0, 5)
                .mapToObj(i -> Events.of("t", Map.of("subject", "s" + i), "application/json", "{\"n\": 1}"))
                .toList();
        Matches matches = new Matches();
        for (int i = 0; i < 200_000; i++) {
            int subject = i % events.size();
            index.match(events.get(subject), matches);
            assertThat(matches.matchedCount()).isEqualTo(subject % 2);
        }
    }

    @Test
    void servesSeveralThreadsAtOnce() throws Exception {
        List<Rule> rules = IntStream.range(0, 1_000)
                .mapToObj(i -> Written.rule("{subject: [s" + i + "], data: {n: [" + i + "]}}"))
                .toList();
        RuleIndex index = RuleIndex.of(rules);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<List<String>>> answers = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                answers.add(threads.submit(() -> answersAboutEach(index)));
            }
            List<String> expected = IntStream.range(0, 1_000)
                    .mapToObj(i -> "matched [" + i + "]")
                    .toList();
            for (Future<List<String>> answer : answers) {
                assertThat(answer.get()).isEqualTo(expected);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static List<String> answersAboutEach(RuleIndex index) {
        Matches matches = new Matches();
        List<String> answers = new ArrayList<>();
        for (int i = 0; i < index.size(); i++) {
            index.match(Events.of("t", Map.of("subject", "s" + i), "application/json", "{\"n\": " + i + "}"), matches);
            answers.add(matches.toString());
        }
        return answers;
    }

    @Test
    void answersWhenThereAreNoRules() {
        assertThat(matched(RuleIndex.of(List.of()), Events.withPayload("{"))).hasToString("matched []");
    }

    private static Matches matched(RuleSet rules, MeshEvent event) {
        Matches matches = new Matches();
        rules.match(event, matches);
        return matches;
    }
}
