package dev.weft.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What is refused, and in which words: {@code rejections.txt} holds each rule and, indented, its messages. */
class RejectionTest {

    @TestFactory
    Stream<DynamicTest> everyMistakeIsReportedWhereItStands() throws IOException {
        return rejections().entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> {
                    Written written = Written.of(entry.getKey());
                    assertThat(written.messages()).isEqualTo(entry.getValue());
                    assertThat(written.rule()).isEqualTo(Rule.nothing());
                }));
    }

    @Test
    void pointsToTheLineOfTheFirstOfTwo() {
        assertThat(Written.of("data:\n  a.b: [1]\n  a:\n    b: [2]\n").messages())
                .containsExactly("rule.yaml:4:8: $.data.a.b: found data.a.b for the second time (first on line 2), "
                        + "expected each field once; [{all: [...]}] asks several things of one value");
    }

    @Test
    void reportsAFieldTwiceInOneOrOnceHoweverManyCombinationsMeet() {
        assertThat(Written.of("{type: [x], $or: [{type: [y], data: {$or: [{a: [1]}, {b: [2]}, {c: [3]}]}}, {id: [z]}]}")
                        .messages())
                .hasSize(1);
    }

    @Test
    void boundsTheCombinationsOfOr() {
        String two = "$or: [{NAME.a: [1]}, {NAME.b: [2]}]";
        String nested = IntStream.range(0, 10)
                .mapToObj(i -> "f" + i + ": {" + two.replace("NAME", "g") + "}")
                .collect(Collectors.joining(", ", "{data: {", "}}"));
        assertThat(Written.of(nested).messages())
                .containsExactly("rule.yaml:1:1: $: found $or that multiplies out to 1024 combinations, "
                        + "expected at most 1000; split the rule into several");
    }

    @Test
    void countsCombinationsWithoutMakingThem() {
        String huge = IntStream.range(0, 80)
                .mapToObj(i -> "f" + i + ": {$or: [{a: [1]}, {b: [2]}]}")
                .collect(Collectors.joining(", ", "{data: {", "}}"));
        assertThat(Written.of(huge).messages()).singleElement().asString().contains("more than any number");
    }

    @Test
    void boundsTheAlternativesOfAField() {
        String many = IntStream.range(0, 10_001).mapToObj(i -> "v" + i).collect(Collectors.joining(","));
        assertThat(Written.of("{type: [" + many + "]}").messages())
                .containsExactly("rule.yaml:1:8: $.type: found a list of 10001, expected at most 10000 alternatives");
        assertThat(Written.of("{type: [{anything-but: [" + many + "]}]}").messages())
                .singleElement()
                .asString()
                .endsWith("found a list of 10001, expected at most 10000 alternatives");
    }

    @Test
    void boundsTheDepthOfNames() {
        String deep = "a" + ".a".repeat(100);
        assertThat(Written.of("{data: {" + deep + ": {b: [1]}}}").messages())
                .singleElement()
                .asString()
                .endsWith("found more than 100 levels, expected a pattern that is not nested as deeply");
    }

    private static Map<String, List<String>> rejections() throws IOException {
        Map<String, List<String>> rejections = new LinkedHashMap<>();
        List<String> messages = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(RejectionTest.class.getResourceAsStream("rejections.txt")),
                StandardCharsets.UTF_8))) {
            for (String line : lines.lines().toList()) {
                if (line.startsWith("  ")) {
                    messages.add(line.strip());
                } else {
                    messages = new ArrayList<>();
                    rejections.put(line, messages);
                }
            }
        }
        return rejections;
    }
}
