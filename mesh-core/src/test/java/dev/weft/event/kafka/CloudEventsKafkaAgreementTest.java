package dev.weft.event.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.weft.event.EventFormat;
import dev.weft.event.EventReader;
import dev.weft.event.EventWriter;
import dev.weft.event.MeshEvent;
import dev.weft.event.Origin;
import dev.weft.event.WireRecord;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.core.message.Encoding;
import io.cloudevents.jackson.JsonFormat;
import io.cloudevents.kafka.CloudEventDeserializer;
import io.cloudevents.kafka.CloudEventSerializer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the SDK for Kafka writes, we read; what we write, it reads. */
class CloudEventsKafkaAgreementTest {

    private static final byte[] EVERY_BYTE = new byte[256];

    static {
        for (int i = 0; i < EVERY_BYTE.length; i++) {
            EVERY_BYTE[i] = (byte) i;
        }
    }

    @ParameterizedTest(name = "{0} in {1}")
    @MethodSource("eventsInBothModes")
    void weReadWhatTheSdkWrites(String name, Encoding encoding, CloudEvent event) {
        MeshEvent read = weRead(sdkWrites(event, encoding));

        assertSame(read, event);
    }

    @ParameterizedTest(name = "{0} in {1}")
    @MethodSource("eventsInBothModes")
    void theSdkReadsWhatWeWrite(String name, Encoding encoding, CloudEvent event) {
        EventFormat format = encoding == Encoding.BINARY ? EventFormat.BINARY : EventFormat.STRUCTURED;

        CloudEvent read = sdkReads(EventWriter.write(MeshEvent.of(event), format));

        assertSame(read, event);
    }

    @ParameterizedTest(name = "{0} from {1}")
    @MethodSource("eventsInBothModes")
    void bothModesTurnIntoEachOther(String name, Encoding encoding, CloudEvent event) {
        EventFormat other = encoding == Encoding.BINARY ? EventFormat.STRUCTURED : EventFormat.BINARY;

        CloudEvent read = sdkReads(EventWriter.write(weRead(sdkWrites(event, encoding)), other));

        assertSame(read, event);
    }

    @ParameterizedTest(name = "{0} in {1}")
    @MethodSource("eventsInBothModes")
    void anUnchangedEventIsWrittenByteForByte(String name, Encoding encoding, CloudEvent event) {
        ConsumerRecord<byte[], byte[]> record = sdkWrites(event, encoding);

        ProducerRecord<byte[], byte[]> written =
                KafkaRecords.toTopic("t", EventWriter.write(weRead(record), EventFormat.AS_RECEIVED));

        assertThat(written.value()).isEqualTo(record.value());
        assertThat(written.key()).isEqualTo(record.key());
        assertThat(written.headers().toArray()).isEqualTo(record.headers().toArray());
    }

    @ParameterizedTest(name = "{0} in {1}")
    @MethodSource("eventsInBothModes")
    void moreAttributesLeaveTheRestAsItIs(String name, Encoding encoding, CloudEvent event) {
        MeshEvent ours = weRead(sdkWrites(event, encoding));

        CloudEvent read = sdkReads(EventWriter.withAttributes(ours, Map.of("weftreason", "because")));

        assertSame(
                read,
                CloudEventBuilder.v1(event)
                        .withExtension("weftreason", "because")
                        .build());
    }

    /** Equal but for the types that text on the wire cannot keep, which are compared by their canonical text. */
    private static void assertSame(CloudEvent actual, CloudEvent expected) {
        assertThat(actual.getAttributeNames().stream().filter(name -> actual.getAttribute(name) != null))
                .containsExactlyInAnyOrderElementsOf(expected.getAttributeNames().stream()
                        .filter(name -> expected.getAttribute(name) != null)
                        .toList());
        for (String name : expected.getAttributeNames()) {
            assertThat(actual.getAttribute(name)).as(name).isEqualTo(expected.getAttribute(name));
        }
        assertThat(actual.getExtensionNames()).containsExactlyInAnyOrderElementsOf(expected.getExtensionNames());
        for (String name : expected.getExtensionNames()) {
            assertThat(String.valueOf(actual.getExtension(name)))
                    .as(name)
                    .isEqualTo(canonical(expected.getExtension(name)));
        }
        assertThat(payload(actual)).isEqualTo(payload(expected));
    }

    private static String canonical(Object value) {
        return value instanceof byte[] bytes
                ? java.util.Base64.getEncoder().encodeToString(bytes)
                : String.valueOf(value);
    }

    private static byte @org.jspecify.annotations.Nullable [] payload(CloudEvent event) {
        return event.getData() == null ? null : event.getData().toBytes();
    }

    private static ConsumerRecord<byte[], byte[]> sdkWrites(CloudEvent event, Encoding encoding) {
        try (CloudEventSerializer serializer = new CloudEventSerializer()) {
            serializer.configure(
                    encoding == Encoding.BINARY
                            ? Map.of(CloudEventSerializer.ENCODING_CONFIG, encoding)
                            : Map.of(
                                    CloudEventSerializer.ENCODING_CONFIG,
                                    encoding,
                                    CloudEventSerializer.EVENT_FORMAT_CONFIG,
                                    JsonFormat.CONTENT_TYPE),
                    false);
            Headers headers = new RecordHeaders();
            byte[] value = serializer.serialize("t", headers, event);
            return new ConsumerRecord<>(
                    "t", 0, 0, 0, TimestampType.CREATE_TIME, -1, -1, null, value, headers, java.util.Optional.empty());
        }
    }

    private static CloudEvent sdkReads(WireRecord wire) {
        try (CloudEventDeserializer deserializer = new CloudEventDeserializer()) {
            ProducerRecord<byte[], byte[]> record = KafkaRecords.toTopic("t", wire);
            return deserializer.deserialize("t", record.headers(), record.value());
        }
    }

    private static MeshEvent weRead(ConsumerRecord<byte[], byte[]> record) {
        Origin origin = KafkaRecords.origin(record);
        return (MeshEvent) new EventReader(1 << 20).read(origin, KafkaRecords.wire(record));
    }

    static Stream<Arguments> eventsInBothModes() {
        return events().flatMap(event -> Stream.of(Encoding.BINARY, Encoding.STRUCTURED)
                .map(encoding -> arguments(event.getSubject(), encoding, event)));
    }

    private static Stream<CloudEvent> events() {
        return Stream.of(
                named("no payload").build(),
                named("JSON object")
                        .withData("application/json", utf8("{\"a\":[1,{\"b\":\"é\\n\"}],\"c\":1.5}"))
                        .build(),
                named("JSON text")
                        .withData("application/json", utf8("\"text\""))
                        .build(),
                named("JSON of another type")
                        .withData("application/vnd.shop+json", utf8("{\"a\":1}"))
                        .build(),
                named("plain text").withData("text/plain", utf8("line\nä")).build(),
                named("XML").withData("application/xml", utf8("<a b=\"c\"/>")).build(),
                named("any bytes")
                        .withData("application/octet-stream", EVERY_BYTE)
                        .build(),
                named("every type of extension")
                        .withExtension("text", "grüße 🎉")
                        .withExtension("yes", true)
                        .withExtension("number", -7)
                        .withExtension("uri", URI.create("https://weft.dev/a?b=c#d"))
                        .withExtension("moment", OffsetDateTime.parse("2026-01-05T09:00:00.123456789+01:00"))
                        .withExtension("binary", EVERY_BYTE)
                        .build(),
                named("every attribute")
                        .withTime(OffsetDateTime.parse("2026-01-05T09:00:00.5Z"))
                        .withDataSchema(URI.create("https://weft.dev/schema"))
                        .withData("application/json", utf8("{}"))
                        .build());
    }

    private static CloudEventBuilder named(String name) {
        return CloudEventBuilder.v1()
                .withId("id of " + name)
                .withSource(URI.create("https://weft.dev/tests"))
                .withType("dev.weft.test")
                .withSubject(name);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
