package dev.weft.workflow.jq;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalJsonTest {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
            .build();

    @ParameterizedTest(name = "{0} is {1}: {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "1 | 1.0 | true",
                "1 | 1e0 | true",
                "100 | 1e2 | true",
                "0.10 | 0.1 | true",
                "0 | -0.0 | true",
                "12345678901234567890123 | 12345678901234567890123.0 | true",
                "1e400 | 10e399 | true",
                "1e999999 | 1e999998 | false",
                "1 | \"1\" | false",
                "1.0 | \"1.0\" | false",
                "1 | 2 | false",
                "9007199254740993 | 9007199254740992 | false",
                "null | false | false",
                "null | \"null\" | false",
                "true | true | true",
                "\"a\" | \"a\" | true",
                "\"\\u0061\" | \"a\" | true",
                "\"a\" | \"A\" | false",
                "{\"a\":1,\"b\":[2]} | {\"b\":[2.0],\"a\":1e0} | true",
                "{\"a\":1} | {\"a\":1,\"b\":null} | false",
                "[1,2] | [2,1] | false",
                "[] | {} | false",
                "[\"a,b\"] | [\"a\",\"b\"] | false",
            })
    void valuesHaveOneTextJustIfTheyAreEqual(String one, String other, boolean equal) throws Exception {
        assertThat(text(one).equals(text(other))).isEqualTo(equal);
        assertThat(CanonicalJson.areEqual(json(one), json(other))).isEqualTo(equal);
    }

    @ParameterizedTest(name = "{0} is written {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "1.50 | [1.5]",
                "1e3 | [1000]",
                "1e999999 | [1E+999999]",
                "{\"b\":\"x\\ny\",\"a\":null} | [{\"a\":null,\"b\":\"x\\ny\"}]"
            })
    void theTextIsJson(String value, String text) throws Exception {
        assertThat(text(value)).isEqualTo(text);
    }

    @Test
    void aDoubleThatIsNoNumberOfJsonIsAValueOfItsOwn() {
        JsonNode infinite = DoubleNode.valueOf(Double.POSITIVE_INFINITY);
        JsonNode large = DecimalNode.valueOf(new BigDecimal("1e400"));
        assertThat(CanonicalJson.areEqual(infinite, DoubleNode.valueOf(Double.POSITIVE_INFINITY)))
                .isTrue();
        assertThat(CanonicalJson.areEqual(infinite, large)).isFalse();
        assertThat(CanonicalJson.areEqual(large, infinite)).isFalse();
        assertThat(CanonicalJson.of(List.of(infinite))).isEqualTo("[Infinity]");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void valuesOfAllKindsAreEqualJustIfTheirTextsAre(long seed) {
        Random random = new Random(seed);
        List<JsonNode> values =
                Stream.generate(() -> random(random, 2)).limit(150).toList();
        for (JsonNode one : values) {
            for (JsonNode other : values) {
                assertThat(CanonicalJson.areEqual(one, other))
                        .as("%s equals %s", one, other)
                        .isEqualTo(CanonicalJson.of(List.of(one)).equals(CanonicalJson.of(List.of(other))));
            }
        }
    }

    /** Few numbers, in many ways, so that many of them are equal. */
    private static JsonNode random(Random random, int depth) {
        int value = random.nextInt(3);
        JsonNodeFactory nodes = JsonNodeFactory.withExactBigDecimals(true);
        return switch (random.nextInt(depth == 0 ? 8 : 10)) {
            case 0 -> nodes.numberNode(value);
            case 1 -> nodes.numberNode((long) value);
            case 2 -> nodes.numberNode(BigInteger.valueOf(value));
            case 3 -> nodes.numberNode(new BigDecimal(value).setScale(random.nextInt(3)));
            case 4 -> nodes.numberNode((double) value);
            case 5 -> nodes.numberNode(value / 2F);
            case 6 -> nodes.textNode(String.valueOf(value));
            case 7 -> value == 0 ? nodes.nullNode() : nodes.booleanNode(value == 1);
            case 8 -> {
                ArrayNode array = nodes.arrayNode();
                IntStream.range(0, value).forEach(i -> array.add(random(random, depth - 1)));
                yield array;
            }
            default -> {
                ObjectNode object = nodes.objectNode();
                IntStream.range(0, value)
                        .forEach(i -> object.set("abc".substring(random.nextInt(3)), random(random, depth - 1)));
                yield object;
            }
        };
    }

    private static String text(String value) throws JsonProcessingException {
        return CanonicalJson.of(List.of(json(value)));
    }

    private static JsonNode json(String text) throws JsonProcessingException {
        return JSON.readTree(text);
    }
}
