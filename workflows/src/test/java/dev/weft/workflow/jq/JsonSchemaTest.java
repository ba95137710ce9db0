package dev.weft.workflow.jq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.weft.config.Problem;
import dev.weft.config.Problems;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonSchemaTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ORDER = """
            type: object
            required: [id, items]
            properties:
              id: {type: string, pattern: '^[a-z]+-[0-9]+$'}
              items: {type: array, minItems: 1, items: {$ref: '#/$defs/item'}}
            $defs:
              item: {type: object, properties: {price: {type: number, minimum: 0}}}
            """;

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '`',
            value = {
                "{\"id\":\"o-1\",\"items\":[{\"price\":0}]} => []",
                "{\"id\":\"o-1\"} => [: required property 'items' not found]",
                "{\"id\":\"1\",\"items\":[{}]} => [/id: does not match the regex pattern ^[a-z]+-[0-9]+$]",
                "{\"id\":\"o-1\",\"items\":[{\"price\":-1}]} => [/items/0/price: must have a minimum value of 0]",
                "5 => [: integer found, object expected]",
            })
    void saysWhatIsWrongWithData(String value, String mistakes) throws Exception {
        assertThat(schema(ORDER).mistakes(JSON.readTree(value))).hasToString(mistakes);
    }

    @Test
    void saysNoMoreThanAPersonReads() throws Exception {
        JsonSchema schema = schema("items: {type: integer}");
        assertThat(schema.mistakes(JSON.readTree("[" + "\"x\",".repeat(1000) + "1]")))
                .hasSize(10);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "$ref: 'http://localhost:1/schema.json'",
                "properties: {a: {$ref: 'https://example.com/schema.json'}}",
                "$ref: 'classpath:job-config.json'",
                "$ref: 'file:///etc/passwd'",
                "$ref: '#/$defs/missing'",
                "$schema: 'https://example.com/dialect'",
                "type: objekt",
                "type: 5",
                "pattern: '('",
                "pattern: '(a)\\1'",
                "just a text",
            })
    void refusesWhatDoesNotStandForItself(String yaml) {
        Problems problems = new Problems();
        assertThat(JsonSchema.compile(Documents.read(yaml), problems)).isEmpty();
        assertThat(problems.inReadingOrder().stream().map(Problem::message))
                .singleElement()
                .asString()
                .startsWith("w.yaml:1:1: $: found ");
    }

    @Test
    void readsOlderDraftsThatSaySo() throws Exception {
        JsonSchema schema = schema("$schema: 'http://json-schema.org/draft-07/schema#'\nitems: [{type: integer}]");
        assertThat(schema.mistakes(JSON.readTree("[\"x\"]"))).hasSize(1);
    }

    @Test
    void keepsSchemasOfTheSameNameApart() throws Exception {
        JsonSchema integer = schema("$id: 'urn:x'\ntype: integer");
        JsonSchema text = schema("$id: 'urn:x'\ntype: string");
        assertThat(List.of(integer.mistakes(JSON.readTree("1")), text.mistakes(JSON.readTree("\"1\""))))
                .allMatch(List::isEmpty);
    }

    @Test
    void looksNoLongerForAPatternThanTheTextIsLong() throws Exception {
        JsonSchema schema = schema("pattern: '^(a+)+$'");
        assertThat(schema.mistakes(JSON.getNodeFactory().textNode("a".repeat(100_000) + "!")))
                .hasSize(1);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"1e999999999", "1e-999999999", "123456789.123456789e99999"})
    void writesNoNumberOutThatHasMoreDigitsThanAnybodyReads(String number) throws Exception {
        JsonSchema schema = schema("properties: {a: {items: {multipleOf: 0.01}}}");
        ObjectReader exact = JSON.reader()
                .with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .forType(JsonNode.class);
        JsonNode value = exact.readValue("{\"a\":[1," + number + "]}");
        assertThat(schema.mistakes(value))
                .containsExactly(
                        "/a/1: found the number " + value.at("/a/1") + ", expected one of at most 1000 digits");
        JsonNode document = exact.readValue("{\"enum\":[" + number + "]}");
        assertThatThrownBy(() -> JsonSchema.compile(document)).isInstanceOf(JqException.class);
    }

    private static JsonSchema schema(String yaml) {
        Problems problems = new Problems();
        Optional<JsonSchema> schema = JsonSchema.compile(Documents.read(yaml), problems);
        assertThat(problems.inReadingOrder()).isEmpty();
        return schema.orElseThrow();
    }
}
