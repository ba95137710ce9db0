package dev.weft.filter.cel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.config.Location;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CelMistakesTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiterString = "=>",
            quoteCharacter = '~',
            value = {
                "data.amount >> 5 => found \"extraneous input '>'\" at character 14 of \"data.amount >> 5\","
                        + " expected a CEL expression",
                "type > 5 => found \">\" applied to (string, int) at character 6 of \"type > 5\","
                        + " expected types that go together",
                "type.startsWith(5) => found \"startsWith\" applied to (string, int) at character 16 of"
                        + " \"type.startsWith(5)\", expected types that go together",
                "region.foo == 1 => found \"type 'string' does not support field selection\" at character 7 of"
                        + " \"region.foo == 1\", expected an expression whose types go together",
                "type => found an expression of the type string, expected one that is true or false",
                "[1, type].size() => found an expression of the type int, expected one that is true or false",
                "type.matches('(') => found the regular expression \"(\" at character 14 of \"type.matches('(')\","
                        + " expected a regular expression as RE2 has them, of at most 1000 states",
                "type.matches('((a{100}){100}){100}') => found the regular expression \"((a{100}){100}){100}\" at"
                        + " character 14 of \"type.matches('((a{100}){100}){100}')\","
                        + " expected a regular expression as RE2 has them, of at most 1000 states",
                "type.matches('(?<=a)b') => found the regular expression \"(?<=a)b\" at character 14 of"
                        + " \"type.matches('(?<=a)b')\", expected a regular expression as RE2 has them,"
                        + " of at most 1000 states",
                "google.protobuf.Int64Value{value: 1} == 1 => found a message of the type google.protobuf.Int64Value"
                        + " at character 27 of \"google.protobuf.Int64Value{value: 1} == 1\","
                        + " expected a map: there are no messages here",
                "data.?x == 1 => found \"unsupported syntax '.?'\" at character 5 of \"data.?x == 1\","
                        + " expected a CEL expression",
                "~ ~ => found an empty expression, expected a CEL expression",
            })
    void areSaidWithTheirPlace(String expression, String message) {
        assertThat(Cel.mistakes(expression)).containsExactly(message);
    }

    @ParameterizedTest(name = "{0}: {1}?")
    @CsvSource({
        "type.startWith('a'), startsWith",
        "data.items.exist(i), exists",
        "sise(type) == 1, size",
        "tpye == 'x', type",
        "subjct == 'x', subject",
        "Type == 'x', type",
        "type(data.x) == strng, string",
    })
    void suggestTheNearestName(String expression, String suggestion) {
        assertThat(Cel.mistakes(expression))
                .singleElement()
                .asString()
                .startsWith("found unknown ")
                .endsWith(". Did you mean \"" + suggestion + "\"?");
    }

    @Test
    void areAllSaidAtOnce() {
        assertThat(Cel.mistakes("Region == 'x' &&\n  type.startWith('a')"))
                .satisfiesExactlyInAnyOrder(
                        one -> assertThat(one).contains("unknown name \"Region\" at line 1, character 1 of"),
                        other -> assertThat(other)
                                .contains("unknown function \"startWith\" at line 2, character 17 of"));
    }

    @Test
    void tellsHowAnExtensionIsNamedThatLooksLikeATypo() {
        assertThat(Cel.mistakes("tpye == 'x'"))
                .singleElement()
                .asString()
                .contains("an extension of that name is event.tpye");
        assertThat(Cel.mistakes("event.tpye == 'x'")).isEmpty();
    }

    @Test
    void isAProblemIfItIsNotText() {
        Problems problems = new Problems();
        CelExpression.condition(new Scalar(new Location("job.yaml", 1, 1), "$.when", BigDecimal.ONE, "1"), problems);
        assertThat(problems.inReadingOrder())
                .singleElement()
                .hasToString("Problem[at=job.yaml:1:1, path=$.when, found=the number 1,"
                        + " expected=a CEL expression, in quotes, suggestion=Optional.empty]");
    }
}
