package dev.weft.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class FieldsTest {

    enum Colour {
        RED,
        DARK_BLUE
    }

    @ParameterizedTest(name = "{0} {1} is {2}")
    @MethodSource
    void readsWhatIsAskedFor(String kind, String value, Object expected) {
        Problems problems = new Problems();
        Fields fields = fields("x: " + value, problems);
        assertThat(reading(kind).apply(fields.required("x"))).isEqualTo(Optional.of(expected));
        assertThat(messages(problems)).isEmpty();
    }

    static Stream<Arguments> readsWhatIsAskedFor() {
        return Stream.of(
                Arguments.of("text", "a b", "a b"),
                Arguments.of("text", "'5'", "5"),
                Arguments.of("flag", "true", true),
                Arguments.of("integer", "7", 7),
                Arguments.of("integer", "1e1", 10),
                Arguments.of("integer", "10.0", 10),
                Arguments.of("duration", "1m30s", Duration.ofSeconds(90)),
                Arguments.of("duration", "1s", Duration.ofSeconds(1)),
                Arguments.of("size", "5KB", 5_000L),
                Arguments.of("colour", "red", Colour.RED),
                Arguments.of("colour", "dark-blue", Colour.DARK_BLUE));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "text | 5 | found the number 5, expected text, in quotes",
                "text | ' ' | found \" \", expected text",
                "text | ~ | found null, expected text",
                "text | [a] | found a list, expected text",
                "flag | yes | found \"yes\", expected true or false",
                "integer | 0 | found the number 0, expected a whole number from 1 to 10",
                "integer | 11 | found the number 11, expected a whole number from 1 to 10",
                "integer | 1.5 | found the number 1.5, expected a whole number from 1 to 10",
                "integer | 1e400 | found the number 1e400, expected a whole number from 1 to 10",
                "integer | '7' | found \"7\", expected a whole number from 1 to 10, without quotes",
                "duration | 10 | found the number 10, expected a duration such as 10s, 1m30s, 500ms, 1h or 2d",
                "duration | 10 s | found \"10 s\", expected a duration such as 10s, 1m30s, 500ms, 1h or 2d",
                "duration | 1ms | found \"1ms\", expected from 1s to 1h",
                "duration | 2h | found \"2h\", expected from 1s to 1h",
                "size | 5 | found the number 5, expected a size such as 512KiB, 5MB or 1000B",
                "size | 5mb | found \"5mb\", expected a size such as 512KiB, 5MB or 1000B",
                "size | 1GiB | found \"1GiB\", expected from 1KiB to 1MB",
                "colour | rad | found \"rad\", expected one of red, dark-blue. Did you mean \"red\"?",
                "colour | dark_blue | found \"dark_blue\", expected one of red, dark-blue. Did you mean \"dark-blue\"?",
                "colour | RED | found \"RED\", expected one of red, dark-blue. Did you mean \"red\"?",
                "colour | [] | found an empty list, expected one of red, dark-blue",
                "mapping | 5 | found the number 5, expected a mapping",
                "items | [] | found an empty list, expected a list, with at least one route",
                "items | a | found \"a\", expected a list, with at least one route",
            })
    void saysWhatWasExpected(String kind, String value, String message) {
        Problems problems = new Problems();
        Fields fields = fields("x: " + value, problems);
        assertThat(reading(kind).apply(fields.optional("x"))).isEmpty();
        assertThat(messages(problems)).isEqualTo("f:1:4: $.x: " + message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text | text",
                "duration | a duration such as 10s, 1m30s, 500ms, 1h or 2d",
                "colour | one of red, dark-blue",
                "mapping | a mapping",
            })
    void reportsWhatIsMissingAtTheMappingThatMissesIt(String kind, String expected) {
        Problems problems = new Problems();
        Fields fields = fields("\n\n  a: 1", problems);
        fields.optional("a");
        assertThat(reading(kind).apply(fields.required("x"))).isEmpty();
        fields.close();
        assertThat(messages(problems)).isEqualTo("f:3:3: $.x: found nothing, expected " + expected);
    }

    @Test
    void anAbsentOptionalFieldIsNoProblem() {
        Problems problems = new Problems();
        Fields fields = fields("{}", problems);
        assertThat(fields.optional("x").text()).isEmpty();
        fields.close();
        assertThat(problems.isEmpty()).isTrue();
    }

    @Test
    void suggestsTheNearestKeyThatIsNotThereYet() {
        Problems problems = new Problems();
        Fields fields = fields("topic: a\ntopics: b\ncolor: c", problems);
        fields.required("topic").text();
        fields.optional("topicIs").text();
        fields.optional("colour").text();
        fields.close();
        assertThat(messages(problems)).isEqualTo("""
                f:2:1: $.topics: found unknown key "topics", expected one of topic, topicIs, colour. Did you mean "topicIs"?
                f:3:1: $.color: found unknown key "color", expected one of topic, topicIs, colour. Did you mean "colour"?""");
    }

    @Test
    void aMistypedRequiredKeyIsOneMistakeNotTwo() {
        Problems problems = new Problems();
        Fields fields = fields("deadletter: dead", problems);
        fields.required("deadLetter").text();
        fields.close();
        assertThat(messages(problems))
                .isEqualTo(
                        "f:1:1: $.deadletter: found unknown key \"deadletter\", expected deadLetter. Did you mean \"deadLetter\"?");
    }

    @Test
    void saysNothingMoreOfAValueThatCouldNotBeRead() {
        Problems problems = new Problems();
        Fields fields = fields("x: ${NONE}", problems);
        assertThat(fields.required("x").duration(Duration.ZERO, Duration.ofDays(1)))
                .isEmpty();
        assertThat(problems.count()).isEqualTo(1);
    }

    @Test
    void textsAreTextsAndStandOnce() {
        Problems problems = new Problems();
        Fields fields = fields("x: [a, 5, b, a]", problems);
        assertThat(fields.required("x").texts("a name"))
                .hasValueSatisfying(
                        texts -> assertThat(texts).extracting(Scalar::text).containsExactly("a", "b"));
        assertThat(messages(problems)).isEqualTo("""
                f:1:8: $.x[1]: found the number 5, expected a name
                f:1:14: $.x[3]: found "a" a second time, expected each once""");
    }

    @Test
    void whatIsNotAMappingHasNoFieldsAndMissesNone() {
        Problems problems = new Problems();
        Fields fields = fields("[a]", problems);
        fields.required("x").text();
        fields.close();
        assertThat(messages(problems)).isEqualTo("f:1:1: $: found a list, expected a mapping");
    }

    private static Function<Field, Optional<?>> reading(String kind) {
        return switch (kind) {
            case "text" -> Field::text;
            case "flag" -> Field::flag;
            case "integer" -> field -> field.integer(1, 10);
            case "duration" -> field -> field.duration(Duration.ofSeconds(1), Duration.ofHours(1));
            case "size" -> field -> field.size(1024, 1_000_000);
            case "colour" -> field -> field.oneOf(Colour.class);
            case "mapping" -> Field::fields;
            case "items" -> field -> field.items("one route");
            default -> throw new IllegalArgumentException(kind);
        };
    }

    private static Fields fields(String text, Problems problems) {
        Node node = YamlReader.read("f", text, Substitution.from(Map.of()), problems)
                .orElseThrow();
        return Fields.of(node, problems);
    }

    private static String messages(Problems problems) {
        return problems.inReadingOrder().stream().map(Problem::message).collect(Collectors.joining("\n"));
    }
}
