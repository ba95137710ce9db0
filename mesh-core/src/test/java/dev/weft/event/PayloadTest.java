package dev.weft.event;

import static dev.weft.event.Records.event;
import static dev.weft.event.Records.order;
import static dev.weft.event.Records.structured;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadTest {

    private static final String JSON = "application/json";

    @Test
    void readsOnlyTheWantedFields() {
        MeshEvent event = event(order("{\"a\":{\"b\":1,\"c\":2},\"d\":[{\"e\":3,\"f\":4},5],\"g\":6}"));

        PayloadReading reading = event.read(Projection.of(List.of(List.of("a", "b"), List.of("d", "e"))));

        assertThat(reading.root()).hasToString("{\"a\":{\"b\":1},\"d\":[{\"e\":3},5]}");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8, 9, 1_000})
    void findsTheWantedAmongAnyNumberOfFields(int wanted) {
        String json = IntStream.range(0, 2_000)
                .mapToObj(i -> "\"f%d\":%d".formatted(i, i))
                .collect(Collectors.joining(",", "{\"f\\u0030\":-1,", "}"));
        List<List<String>> paths =
                IntStream.range(0, wanted).mapToObj(i -> List.of("f" + i)).toList();

        JsonNode root = event(order(json)).read(Projection.of(paths)).root();

        assertThat(root).hasSize(wanted);
        assertThat(IntStream.range(0, wanted).map(i -> root.get("f" + i).intValue()))
                .containsExactlyElementsOf(IntStream.range(0, wanted).boxed().toList());
    }

    @Test
    void findsAWantedNameThatIsEscaped() {
        MeshEvent event = event(order("{\"f\\u0030\":-1}"));
        List<List<String>> paths =
                IntStream.range(0, 50).mapToObj(i -> List.of("f" + i)).toList();

        assertThat(event.read(Projection.of(paths)).root()).hasToString("{\"f0\":-1}");
    }

    @Test
    void keepsAllBelowAWantedPath() {
        MeshEvent event = event(order("{\"a\":{\"b\":{\"c\":[1,{\"d\":null}]}}}"));

        PayloadReading reading = event.read(Projection.of(List.of(List.of("a"), List.of("a", "b"))));

        assertThat(reading.root()).hasToString("{\"a\":{\"b\":{\"c\":[1,{\"d\":null}]}}}");
    }

    @Test
    void lastOfANameCounts() {
        assertThat(event(order("{\"a\":1,\"a\":2}")).data()).hasToString("{\"a\":2}");
    }

    @Test
    void keepsDecimalsExact() {
        MeshEvent event = event(order("{\"a\":0.10,\"b\":123456789012345678901234567890.5,\"c\":9007199254740993}"));

        assertThat(event.data().get("a").decimalValue()).isEqualTo(new BigDecimal("0.10"));
        assertThat(event.data().get("b").decimalValue()).isEqualTo(new BigDecimal("123456789012345678901234567890.5"));
        assertThat(event.data().get("c").longValue()).isEqualTo(9007199254740993L);
    }

    @Test
    void findsDamageBehindTheWantedFields() {
        MeshEvent event = event(order("{\"a\":1,\"b\":oops}", "content-type", JSON));

        PayloadReading reading = event.read(Projection.of(List.of(List.of("a"))));

        assertThat(reading.root().isMissingNode()).isTrue();
        assertThat(reading.damage()).contains("oops");
    }

    @ParameterizedTest(name = "{0} as {1}: missing {2}, damaged {3}")
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "{}, application/json, false, false",
                "{}, application/vnd.shop+json; charset=utf-8, false, false",
                "{}, TEXT/JSON, false, false",
                "{}, text/plain, true, false",
                "{, application/json, true, true",
                "{} x, application/json, true, true",
                "` `, application/json, true, true",
                "{, application/octet-stream, true, false",
            })
    void readsJsonWhereTheContentTypeSaysSo(String value, String contentType, boolean missing, boolean damaged) {
        PayloadReading reading =
                event(order(value, "content-type", contentType)).read(Projection.everything());

        assertThat(reading.root().isMissingNode()).isEqualTo(missing);
        assertThat(reading.damage() != null).isEqualTo(damaged);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            quoteCharacter = '`',
            value = {"{\"a\":1}, false", "not json, true"})
    void readsJsonWithoutContentTypeIfItIsJson(String value, boolean missing) {
        PayloadReading reading = event(order(value)).read(Projection.everything());

        assertThat(reading.root().isMissingNode()).isEqualTo(missing);
        assertThat(reading.damage()).isNull();
    }

    @Test
    void findsDamageInBase64Json() {
        MeshEvent event = event(structured("""
                {"specversion":"1.0","id":"1","source":"/s","type":"t","datacontenttype":"application/json",
                 "data_base64":"e2Jyb2tlbg=="}"""));

        assertThat(event.read(Projection.nothing()).damage()).isNotNull();
    }

    @Test
    void boundsTheDepth() {
        MeshEvent event = event(order("[".repeat(5_000) + "]".repeat(5_000), "content-type", JSON));

        assertThat(event.read(Projection.everything()).damage()).contains("deeper than 1000 levels");
    }
}
