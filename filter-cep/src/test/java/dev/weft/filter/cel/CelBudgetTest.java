package dev.weft.filter.cel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.weft.event.MeshEvent;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CelBudgetTest {

    /** Far above what the dearest expression takes, and far below what it would take without a bound. */
    private static final Duration BEARABLE = Duration.ofSeconds(60);

    private static final MeshEvent LARGE = Cel.with(IntStream.range(0, 5_000)
            .mapToObj(i -> "{\"n\":" + i + "}")
            .collect(Collectors.joining(",", "{\"list\":[", "],\"text\":\"" + "a".repeat(1_000_000) + "\"}")));

    @ParameterizedTest(name = "{0}")
    @MethodSource("dear")
    void endsWhatCostsTooMuch(String name, String expression) {
        CelAnswer answer = assertTimeoutPreemptively(BEARABLE, () -> Cel.ask(Cel.condition(expression), LARGE));
        assertThat(answer.failure()).isEqualTo("it takes more than 1,000,000 steps");
    }

    static Stream<Arguments> dear() {
        return Stream.of(
                Arguments.of(
                        "nested loops", "data.list.all(a, data.list.all(b, data.list.all(c, a.n + b.n + c.n >= 0)))"),
                Arguments.of("a text that doubles", "[data.text]" + doubling(30, "x + x") + ".size() > 0"),
                Arguments.of("a list that doubles", "[data.list]" + doubling(30, "x + x") + ".size() > 0"),
                Arguments.of(
                        "values that hold one another many times",
                        "[[1]]" + doubling(40, "[x, x]") + " == [[2]]" + doubling(40, "[x, x]") + " || [[1]]"
                                + doubling(40, "[x, x]") + " == [[1]]" + doubling(40, "[x, x]")),
                Arguments.of("a dear regular expression", "data.list.all(i, !data.text.matches('(a|aa)*b'))"),
                Arguments.of("long pieces in long texts", "data.text.contains(data.text + 'b')"),
                Arguments.of("long lists of lists", "data.list.all(i, !(data.text in data.list))"));
    }

    private static String doubling(int times, String twice) {
        return (".map(x, " + twice + ")").repeat(times);
    }

    @Test
    void letsALargeEventBeLookedThrough() {
        String expression = "data.list.exists(i, i.n == 4999) && data.text.matches('^a+$') && size(data.text) > 999999";
        assertThat(Cel.ask(Cel.condition(expression), LARGE)).isEqualTo(CelAnswer.YES);
    }

    @Test
    void isNotAbsorbedByAnOperatorThatPassesOverFailures() {
        String dear = "data.list.all(a, data.list.all(b, data.list.all(c, true)))";
        assertThat(Cel.ask(Cel.condition(dear + " || true"), LARGE)).isEqualTo(CelAnswer.TOO_MANY_STEPS);
    }

    @Test
    void boundsTheValueToo() {
        String expression = "[[1]]" + doubling(40, "[x, x]");
        assertThat(Cel.ask(Cel.value(expression), LARGE)).isEqualTo(CelAnswer.TOO_MANY_STEPS);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tooLarge")
    void refusesWhatIsTooLarge(String expected, String expression) {
        assertThat(Cel.mistakes(expression)).singleElement().asString().contains(expected);
    }

    static Stream<Arguments> tooLarge() {
        return Stream.of(
                Arguments.of("at most 5000", "true || '" + "a".repeat(5_000) + "' == type"),
                Arguments.of("recursion", "(".repeat(200) + "true" + ")".repeat(200)),
                Arguments.of("recursion", "!".repeat(1) + "[".repeat(200) + "]".repeat(200)),
                Arguments.of("limit", "[" + "1,".repeat(2_400) + "1] == []"));
    }

    @Test
    void takesManyAlternatives() {
        String many =
                IntStream.range(0, 200).mapToObj(i -> "type == 't" + i + "'").collect(Collectors.joining(" || "));
        assertThat(Cel.ask(Cel.condition(many), LARGE)).isEqualTo(CelAnswer.NO);
        assertThat(Cel.ask(Cel.condition(many + " || true"), LARGE)).isEqualTo(CelAnswer.YES);
    }
}
