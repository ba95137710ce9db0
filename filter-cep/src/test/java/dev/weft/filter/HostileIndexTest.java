package dev.weft.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.weft.event.MeshEvent;
import dev.weft.event.Origin;
import dev.weft.event.WireHeaders;
import dev.weft.event.WireRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Many rules and events made to be slow or strange: answered as the plain matcher answers, and in bounded time. */
class HostileIndexTest {

    private static final Duration BOUND = Duration.ofSeconds(60);

    /** As deep as a rule may be, its root and data counted. */
    private static final int DEEP = 98;

    static Stream<Arguments> strangeEvents() {
        return Stream.of(
                row("the last of two equal keys counts", "{\"n\": 1, \"n\": 2}", "matched [2]"),
                row("keys that are equal when unescaped", "{\"n\": 1, \"\\u006e\": 3}", "matched [3]"),
                row("a number beyond doubles", "{\"n\": 1e999999999}", "matched []"),
                row("a number that only rounds to one asked for", "{\"n\": 2.0000000000000000000001}", "matched []"),
                row("a number written at length", "{\"n\": 2." + "0".repeat(900) + "}", "matched [2]"),
                row("many values", "{\"n\": [" + "0.5,".repeat(100_000) + "7]}", "matched [7]"),
                row("arrays in arrays", "{\"n\": " + "[".repeat(900) + "7" + "]".repeat(900) + "}", "matched [7]"),
                row(
                        "fields nobody asks for",
                        "{\"x\": [" + "{\"y\": 1},".repeat(100_000) + "1], \"n\": 7}",
                        "matched [7]"));
    }

    private static Arguments row(String name, String payload, String answer) {
        return Arguments.of(name, payload, answer);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("strangeEvents")
    void strangePayloadsAreAnswered(String name, String payload, String answer) {
        List<Rule> rules = rules(1_000, i -> "{data: {n: [" + i + "]}}");
        assertThat(answered(rules, Events.withPayload(payload))).isEqualTo(answer);
    }

    @Test
    void textThatIsNotUtf8LeavesRulesUndecided() {
        byte[] payload = "{\"n\": \"?\"}".getBytes(StandardCharsets.UTF_8);
        payload[7] = (byte) 0xC0;
        WireHeaders headers = Events.withPayload("{}").wire().headers();
        MeshEvent event = MeshEvent.stored(Origin.NONE, new WireRecord(null, headers, payload));
        assertThat(answered(rules(100, i -> "{data: {n: [" + i + "]}}"), event))
                .startsWith("matched [], undecided [0, 1, 2, ")
                .contains("not UTF-8");
    }

    @Test
    void rulesNestedDeeplyAreAnswered() {
        String path = Stream.generate(() -> "a").limit(DEEP).collect(Collectors.joining("."));
        List<Rule> rules = rules(100, i -> "{data: {" + path + ": [" + i + "]}}");
        String payload = "{\"a\":".repeat(DEEP) + "7" + "}".repeat(DEEP);
        assertThat(answered(rules, Events.withPayload(payload))).isEqualTo("matched [7]");
        assertThat(answered(rules, Events.withPayload("[" + payload.replace("7", "[7]") + "]")))
                .isEqualTo("matched [7]");
    }

    @Test
    void rulesNestedTooDeeplyAreRefused() {
        String path = Stream.generate(() -> "a").limit(200).collect(Collectors.joining("."));
        assertThat(Written.of("{data: {" + path + ": [1]}}").messages())
                .singleElement(InstanceOfAssertFactories.STRING)
                .endsWith("found more than 100 levels, expected a pattern that is not nested as deeply");
    }

    @Test
    void rulesOfTenThousandAlternativesAreAnswered() {
        String alternatives = IntStream.range(0, 9_999)
                .mapToObj(i -> i % 2 == 0 ? Integer.toString(i) : "{prefix: v" + i + "}")
                .collect(Collectors.joining(","));
        List<Rule> rules = rules(20, i -> "{data: {n: [" + alternatives + ", w" + i + "]}}");
        assertThat(answered(rules, Events.withPayload("{\"n\": \"w7\"}"))).isEqualTo("matched [7]");
    }

    @Test
    void anEventOfTenMegabytesIsAnswered() {
        String item = "{\"sku\": \"s1\", \"n\": 5, \"text\": \"" + "x".repeat(70) + "\"},";
        String payload = "{\"items\": [" + item.repeat(100_000) + "{\"sku\": \"s7\", \"n\": 7}]}";
        List<Rule> rules = rules(1_000, i -> "{data: {items: {sku: [s" + i + "], n: [" + i + "]}}}");
        assertThat(payload).hasSizeGreaterThan(10_000_000);
        assertThat(answered(rules, Events.withPayload(payload))).isEqualTo("matched [7]");
    }

    private static List<Rule> rules(int count, IntFunction<String> rule) {
        return IntStream.range(0, count).mapToObj(rule).map(Written::rule).toList();
    }

    private static String answered(List<Rule> rules, MeshEvent event) {
        RuleIndex index = RuleIndex.of(rules);
        String answer = assertTimeoutPreemptively(BOUND, () -> matched(index, event));
        assertThat(answer).isEqualTo(matched(PlainRuleSet.of(rules), event));
        return answer;
    }

    private static String matched(RuleSet rules, MeshEvent event) {
        Matches matches = new Matches();
        rules.match(event, matches);
        return matches.toString();
    }
}
