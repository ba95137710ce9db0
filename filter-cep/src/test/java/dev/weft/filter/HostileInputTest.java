package dev.weft.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.weft.event.MeshEvent;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events and rules made to be slow are not: each is answered in a time that only a wrong algorithm exceeds. */
class HostileInputTest {

    /** Of a processor: what else the machine does counts for nothing. */
    private static final Duration ENOUGH = Duration.ofSeconds(10);

    private static final Duration BOUND = Duration.ofSeconds(60);

    @ParameterizedTest
    @ValueSource(strings = {"*a*a*a*a*a*a*a*a*a*a*a*a*a*b", "*aaaaaaaaaaaaaaaaaaaaaaaaaaaaaab*", "a*a*a*ab*a*a*"})
    void wildcardsDoNotBacktrack(String wildcard) {
        MeshEvent event = Events.withPayload("{\"a\": \"" + "a".repeat(5_000_000) + "\"}");
        answersInTime("{data: {a: [{wildcard: '" + wildcard + "'}]}}", event, Outcome.REFUSED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"(a*)*b", "(a|aa)+b", "(.*a.*)*b", "(a+a+)+b", "(a?){20}a{20}b", "(.*)(.*)(.*)(.*)x"})
    void expressionsDoNotBacktrack(String expression) {
        MeshEvent event = Events.withPayload("{\"a\": \"" + "a".repeat(500_000) + "\"}");
        answersInTime("{data: {a: [{regex: '" + expression + "'}]}}", event, Outcome.REFUSED);
    }

    @Test
    void theLargestExpressionTakesTimeInProportionToTheText() {
        MeshEvent event = Events.withPayload("{\"a\": \"" + "a".repeat(100_000) + "\"}");
        answersInTime("{data: {a: [{regex: '.*a.{480}b'}]}}", event, Outcome.REFUSED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"(((a{1000}){1000}){1000}){1000}", "a{999999999}", "((((a+){9}){9}){9}){9}", "(a{2,999}){2,}"})
    void expressionsThatCompileToMuchAreRefusedBeforeTheyAreCompiled(String expression) {
        String rule = "{data: {a: [{regex: '" + expression + "'}]}}";
        Written written = inTime(() -> Written.of(rule));
        assertThat(written.messages()).singleElement().asString().contains("compiles to more than 500 steps");
    }

    @Test
    void expressionsMayNestDeeply() {
        String deep = "(".repeat(200) + "a" + ")".repeat(200);
        answersInTime("{data: {a: [{regex: '" + deep + "'}]}}", Events.withPayload("{\"a\": \"a\"}"), Outcome.MATCHED);
        assertThat(Written.of("{type: [{regex: '" + "(".repeat(600) + ")".repeat(600) + "'}]}")
                        .messages())
                .singleElement()
                .asString()
                .contains("found an expression of 1200 characters; at most 1000 are taken in");
    }

    @Test
    void manyValuesToContainAreLookedUpNotSearched() {
        String literals = IntStream.range(0, 10_000).mapToObj(i -> "v" + i).collect(Collectors.joining(","));
        String values =
                IntStream.range(1, 10_000).mapToObj(i -> "\"v" + i + "\"").collect(Collectors.joining(","));
        MeshEvent event = Events.withPayload("{\"a\": [" + "\"none\",".repeat(500_000) + values + "]}");
        answersInTime("{data: {a: [{contains-all: [" + literals + "]}]}}", event, Outcome.REFUSED);
    }

    @Test
    void aLongLiteralInAWildcardIsSearchedInOnePass() {
        String half = "a".repeat(50_000);
        MeshEvent event = Events.withPayload("{\"a\": \"" + "a".repeat(2_000_000) + "\"}");
        answersInTime("{data: {a: [{wildcard: '*" + half + "b*'}]}}", event, Outcome.REFUSED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999999999", "1e-999999999", "-1e999999997", "0e999999999"})
    void exponentsAreNotExpanded(String number) {
        String rule = "{data: {a: [5, {numeric: ['=', 1e999999998]}, {numeric: ['>', 4, '<', 6]}," + " {anything-but: ["
                + number + "]}]}}";
        answersInTime(rule, Events.withPayload("{\"a\": " + number + "}"), Outcome.REFUSED);
        answersInTime("{data: {a: [" + number + "]}}", Events.withPayload("{\"a\": " + number + "}"), Outcome.MATCHED);
    }

    @Test
    void longNumbersInAttributesAreNotRead() {
        MeshEvent event = Events.withAttributes(Map.of("n", "9".repeat(1_000_000)));
        answersInTime("{n: [{numeric: ['>', 5]}]}", event, Outcome.REFUSED);
    }

    @Test
    void deepPayloadsAreAnsweredOrUndecided() {
        String rule = "{data: {a: {a: [1]}, b: [{exists: false}]}}";
        answersInTime(rule, Events.withPayload("{\"a\": " + "[".repeat(900) + "]".repeat(900) + "}"), Outcome.REFUSED);
        answersInTime(rule, Events.withPayload("{\"a\": " + "[".repeat(100_000)), Outcome.UNDECIDED);
        answersInTime(rule, Events.withPayload("{\"a\":".repeat(100_000)), Outcome.UNDECIDED);
    }

    /** Absence is found out once for the event: not again at each object of an array. */
    @Test
    void absenceIsNotLookedForAtEveryElement() {
        String elements = "{\"k\": 1, \"b\": \"y\"},".repeat(100_000) + "{\"k\": 1}";
        MeshEvent event = Events.withPayload("{\"a\": [" + elements + "]}");
        answersInTime("{data: {a: {b: [{exists: false}, x], k: [1]}}}", event, Outcome.REFUSED);
    }

    @Test
    void manyLiteralsAreLookedUpNotSearched() {
        String literals = IntStream.range(0, 10_000).mapToObj(i -> "v" + i).collect(Collectors.joining(","));
        MeshEvent event = Events.withPayload("{\"a\": [" + "\"none\",".repeat(500_000) + "\"v9999\"]}");
        answersInTime("{data: {a: [" + literals + "]}}", event, Outcome.MATCHED);
    }

    @Test
    void explanationsOfLargeEventsStaySmall() {
        MeshEvent event =
                Events.withPayload("{\"a\": [" + "\"none\",".repeat(200_000) + "\"" + "x".repeat(1_000_000) + "\"]}");
        String text = inTime(
                () -> Answers.explained(Written.rule("{data: {a: [y]}}"), event).text());
        assertThat(text).hasSizeLessThan(1_000);
    }

    private static void answersInTime(String rule, MeshEvent event, Outcome expected) {
        Rule parsed = Written.rule(rule);
        assertThat(inTime(() -> Answers.of(parsed, event))).isEqualTo(expected);
    }

    private static <T> T inTime(Supplier<T> question) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return assertTimeoutPreemptively(BOUND, () -> {
            long before = threads.getCurrentThreadCpuTime();
            T answer = question.get();
            assertThat(Duration.ofNanos(threads.getCurrentThreadCpuTime() - before))
                    .isLessThan(ENOUGH);
            return answer;
        });
    }
}
