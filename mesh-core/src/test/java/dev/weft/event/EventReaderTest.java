package dev.weft.event;

import static dev.weft.event.Records.binary;
import static dev.weft.event.Records.bytes;
import static dev.weft.event.Records.event;
import static dev.weft.event.Records.order;
import static dev.weft.event.Records.read;
import static dev.weft.event.Records.structured;
import static dev.weft.event.Records.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventReaderTest {

    @Test
    void readsAttributesOfABinaryEvent() {
        MeshEvent event =
                event(order("{}", "ce_subject", "o-1", "ce_region", "eu", "content-type", "application/json"));

        assertThat(event.getId()).isEqualTo("1");
        assertThat(event.attribute("subject")).isEqualTo("o-1");
        assertThat(event.attribute("datacontenttype")).isEqualTo("application/json");
        assertThat(event.getExtensionNames()).containsExactly("region");
        assertThat(event.attribute("nosuch")).isNull();
    }

    @Test
    void readsAttributesOfAStructuredEventWithTheirTypes() {
        MeshEvent event = event(structured("""
                {"specversion":"1.0","id":"1","source":"/shop","type":"order","vip":true,"rank":7,"gone":null}"""));

        assertThat(event.getExtension("vip")).isEqualTo(true);
        assertThat(event.getExtension("rank")).isEqualTo(7);
        assertThat(event.attribute("rank")).isEqualTo("7");
        assertThat(event.getExtensionNames()).containsExactly("vip", "rank");
    }

    @Test
    void keepsHeadersThatAreNoAttributes() {
        MeshEvent event = event(order(null, "traceparent", "00-1-2-03"));

        assertThat(event.getExtensionNames()).isEmpty();
        assertThat(event.wire().headers().indexOf("traceparent")).isEqualTo(4);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void refusesWithTheReason(String name, WireRecord wire, Reason reason, String detail) {
        assertThat(read(wire)).isEqualTo(new RefusedRecord(Records.ORIGIN, wire, reason, detail));
    }

    static Stream<Arguments> refusesWithTheReason() {
        return Stream.of(
                arguments(
                        "bytes without any header",
                        binary("garbage"),
                        Reason.NOT_A_CLOUDEVENT,
                        "the record has neither a ce_specversion header nor the content type"
                                + " application/cloudevents+json"),
                arguments("tombstone", binary(null), Reason.TOMBSTONE, "the record has no value and is no CloudEvent"),
                arguments(
                        "another format",
                        binary("<x/>", "content-type", "application/cloudevents+xml"),
                        Reason.UNSUPPORTED_FORMAT,
                        "the content type is application/cloudevents+xml; application/cloudevents+json is supported"),
                arguments(
                        "a batch",
                        binary("[]", "Content-Type", "application/cloudevents-batch+json"),
                        Reason.UNSUPPORTED_FORMAT,
                        "the content type is application/cloudevents-batch+json; application/cloudevents+json is"
                                + " supported"),
                arguments(
                        "old version",
                        binary("", "ce_specversion", "0.3", "ce_id", "1", "ce_source", "/", "ce_type", "t"),
                        Reason.UNSUPPORTED_VERSION,
                        "the event's specversion is 0.3; 1.0 is supported"),
                arguments(
                        "no id",
                        binary("", "ce_specversion", "1.0", "ce_source", "/", "ce_type", "t"),
                        Reason.MISSING_ATTRIBUTE,
                        "the attribute id is missing"),
                arguments(
                        "empty type",
                        binary("", "ce_specversion", "1.0", "ce_id", "1", "ce_source", "/", "ce_type", ""),
                        Reason.MISSING_ATTRIBUTE,
                        "the attribute type is empty"),
                arguments(
                        "bad name",
                        order("", "ce_my-ext", "x"),
                        Reason.INVALID_ATTRIBUTE,
                        "the header ce_my-ext names no attribute: lower-case letters and digits only"),
                arguments(
                        "attribute twice",
                        order("", "ce_region", "a", "ce_region", "b"),
                        Reason.INVALID_ATTRIBUTE,
                        "the attribute region stands twice"),
                arguments(
                        "bad time",
                        order("", "ce_time", "yesterday"),
                        Reason.INVALID_ATTRIBUTE,
                        "the attribute time is not an RFC 3339 timestamp"),
                arguments(
                        "bad content type",
                        order("", "content-type", "nonsense"),
                        Reason.INVALID_ATTRIBUTE,
                        "the attribute datacontenttype is not a media type"),
                arguments(
                        "relative schema",
                        order("", "ce_dataschema", "v1"),
                        Reason.INVALID_ATTRIBUTE,
                        "the attribute dataschema is not an absolute URI"),
                arguments(
                        "control character",
                        order("", "ce_region", "e\nu"),
                        Reason.INVALID_ATTRIBUTE,
                        "the attribute region holds a control character"),
                arguments(
                        "structured without value",
                        binary(null, "content-type", "application/cloudevents+json"),
                        Reason.UNREADABLE_EVENT,
                        "the structured event has no value"),
                arguments(
                        "structured list",
                        structured("[]"),
                        Reason.UNREADABLE_EVENT,
                        "the structured event cannot be read: it is not a JSON object"),
                arguments(
                        "structured without specversion",
                        structured("{\"id\":\"1\"}"),
                        Reason.MISSING_ATTRIBUTE,
                        "the attribute specversion is missing"),
                arguments(
                        "structured with a number too large",
                        structured("{\"specversion\":\"1.0\",\"seq\":2147483648}"),
                        Reason.INVALID_ATTRIBUTE,
                        "the attribute seq is a number beyond 32 bits"),
                arguments(
                        "structured with a nested attribute",
                        structured("{\"specversion\":\"1.0\",\"x\":{}}"),
                        Reason.INVALID_ATTRIBUTE,
                        "the attribute x is neither text, boolean nor a whole number"),
                arguments(
                        "structured with two payloads",
                        structured("{\"data\":1,\"data_base64\":\"AA==\"}"),
                        Reason.UNREADABLE_EVENT,
                        "the structured event cannot be read: it has both data and data_base64"),
                arguments(
                        "structured with an attribute twice",
                        structured("{\"id\":\"1\",\"id\":\"2\"}"),
                        Reason.INVALID_ATTRIBUTE,
                        "the attribute id stands twice"),
                arguments(
                        "structured with more after its end",
                        structured("{} {}"),
                        Reason.UNREADABLE_EVENT,
                        "the structured event cannot be read: it goes on after its end"));
    }

    @Test
    void refusesHeaderValuesThatAreNotUtf8() {
        WireHeaders headers = order("").headers().toBuilder()
                .set("ce_subject", new byte[] {(byte) 0xC3, 0x28})
                .build();

        assertThat(read(new WireRecord(null, headers, null)))
                .isInstanceOfSatisfying(
                        RefusedRecord.class,
                        refused -> assertThat(refused.detail()).isEqualTo("the attribute subject is not UTF-8"));
    }

    @Test
    void refusesWhatIsLargerThanAllowed() {
        EventReader small = new EventReader(100);

        assertThat(small.read(Records.ORIGIN, order("x".repeat(100))))
                .isInstanceOfSatisfying(
                        RefusedRecord.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.TOO_LARGE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-16"})
    void refusesStructuredEventsThatAreNotUtf8(String charset) {
        byte[] json = "{\"specversion\":\"1.0\"}".getBytes(java.nio.charset.Charset.forName(charset));
        WireRecord wire = new WireRecord(null, structured("").headers(), json);

        assertThat(read(wire))
                .isInstanceOfSatisfying(
                        RefusedRecord.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.UNREADABLE_EVENT));
    }

    @ParameterizedTest(name = "source {0}: {1}")
    @CsvSource({
        "/shop, true",
        "https://github.com/Codertocat/Hello-World, true",
        "urn:uuid:6e8bc430-9c3a-11d9-9669-0800200c9a66, true",
        "a:b:c, true",
        "https://, false",
        "':', false",
        "'a b', false",
        "'http://[', false",
        "'%zz', false",
    })
    void takesSourcesThatJavaCanReadAsUri(String source, boolean taken) {
        Received received =
                read(binary("", "ce_specversion", "1.0", "ce_id", "1", "ce_source", source, "ce_type", "t"));

        assertThat(received instanceof MeshEvent).isEqualTo(taken);
        if (received instanceof MeshEvent event) {
            assertThat(event.getSource()).hasToString(source);
        }
    }

    @ParameterizedTest(name = "{0} is the payload {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "\"data\": {\"a\": [1, 2]}        | {\"a\": [1, 2]}",
                "\"data\":\"text\"                | \"text\"",
                "\"data\":12.50                   | 12.50",
                "\"data\":true,\"z\":\"after\"    | true",
                "\"datacontenttype\":\"text/plain\",\"data\":\"a\\nb\\u00e9\" | 'a\nbé'",
                "\"data_base64\":\"aGVsbG8=\"     | hello",
                "\"data\":null                    | ",
                "\"data\":\"é \\\" \\\\ ü\"       | \"é \\\" \\\\ ü\"",
            })
    void findsThePayloadOfAStructuredEvent(String members, String payload) {
        MeshEvent event = event(structured(
                "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/s\",\"type\":\"t\",%s}".formatted(members)));

        assertThat(text(event.payload())).isEqualTo(payload);
    }

    @Test
    void neverThrowsOnRandomBytes() {
        java.util.Random random = new java.util.Random(20261121);
        byte[] event =
                bytes("{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/s\",\"type\":\"t\",\"data\":{\"a\":1}}");
        for (int i = 0; i < 20_000; i++) {
            byte[] mutated = event.clone();
            for (int flips = random.nextInt(6); flips >= 0; flips--) {
                mutated[random.nextInt(mutated.length)] = (byte) random.nextInt(256);
            }
            Received received = read(new WireRecord(null, structured("").headers(), mutated));
            if (received instanceof MeshEvent survivor) {
                assertThat(survivor.getId())
                        .as(new String(mutated, StandardCharsets.UTF_8))
                        .isNotEmpty();
                assertThat(survivor.read(Projection.everything()).damage()).isNull();
            }
        }
    }
}
