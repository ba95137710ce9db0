package dev.weft.event;

import static dev.weft.event.Records.bytes;
import static dev.weft.event.Records.event;
import static dev.weft.event.Records.order;
import static dev.weft.event.Records.read;
import static dev.weft.event.Records.structured;
import static dev.weft.event.Records.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.databind.node.IntNode;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a record holds, it is read, written in every format and put into the dead letter without an exception. */
class HostileRecordsTest {

    private static final long SEED = 20261121;
    private static final int RECORDS = 20_000;
    private static final Duration QUICKLY = Duration.ofSeconds(20);

    private static final List<String> HEADERS = List.of(
            "ce_specversion",
            "ce_id",
            "ce_source",
            "ce_type",
            "ce_subject",
            "ce_time",
            "ce_dataschema",
            "ce_region",
            "content-type",
            "Content-Type",
            "ce_datacontenttype",
            "ce_data",
            "ce_",
            "",
            "trace",
            "\uD83D\uDE00",
            "ce_\u0000");

    private static final List<String> TEXTS = List.of(
            "1.0",
            "1",
            "/shop",
            "order",
            "",
            "2026-01-05T12:00:00Z",
            "urn:x",
            "application/json",
            "application/cloudevents+json",
            "application/cloudevents",
            "text/plain; \n",
            "a\u0000b",
            "\uFFFD",
            "\uFEFFx");

    private static final List<String> PIECES = List.of(
            "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/s\",\"type\":\"t\"",
            "}",
            "{",
            "[",
            "]",
            ",",
            ":",
            "\"",
            "\"data\":",
            "\"data_base64\":\"AA==\"",
            "\"data\":{\"a\":1e9999999999}",
            "\"datacontenttype\":\"text/plain\"",
            "\"subject\":\"\\ud800\"",
            "\"datacontenttype\":\"application/json;\\ud800\"",
            "\"source\":\"/\\ud800\"",
            "\uFEFF",
            "\u0000",
            "1",
            "-",
            "null",
            "true",
            "\\u",
            "\n",
            "\uD83D\uDE00");

    @Test
    void nothingThatComesThrows() {
        Random random = new Random(SEED);
        int events = 0;
        for (int i = 0; i < RECORDS; i++) {
            WireRecord wire = random(random);
            if (read(wire) instanceof MeshEvent event) {
                events++;
                writeEveryWay(event);
            } else {
                assertThat(event(DeadLetter.of((RefusedRecord) read(wire), "shop"))
                                .payload())
                        .isEqualTo(wire.value() == null || wire.value().length == 0 ? null : wire.value());
            }
        }
        assertThat(events).as("events among the records").isBetween(RECORDS / 50, RECORDS - RECORDS / 50);
    }

    @ParameterizedTest
    @ValueSource(strings = {"source", "dataschema", "datacontenttype", "subject", "region"})
    void anAttributeHoldsNoHalfOfASurrogatePair(String attribute) {
        String start = "source".equals(attribute) ? "" : "\"source\":\"/s\",";
        String value = "datacontenttype".equals(attribute) ? "application/json;\\ud800" : "urn:x\\ud800";

        Received received = read(structured("{\"specversion\":\"1.0\",\"id\":\"1\",\"type\":\"t\"," + start + "\""
                + attribute + "\":\"" + value + "\",\"data\":{\"a\":1e9999999999}}"));

        assertThat(received)
                .isInstanceOfSatisfying(
                        RefusedRecord.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.INVALID_ATTRIBUTE));
    }

    @Test
    void aPayloadWithAByteOrderMarkStaysReadableInStructuredMode() {
        MeshEvent marked = event(order("\uFEFF{\"a\":1}", "content-type", "application/json"));

        MeshEvent written = event(EventWriter.write(marked, EventFormat.STRUCTURED));

        assertThat(written.data().get("a")).isEqualTo(IntNode.valueOf(1));
        assertThat(written.payload()).isEqualTo(marked.payload());
    }

    @Test
    void aStructuredEventMayBeginWithAByteOrderMark() {
        MeshEvent event = event(structured(
                "\uFEFF{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/s\",\"type\":\"t\",\"data\":{\"a\":1}}"));

        assertThat(text(event.payload())).isEqualTo("{\"a\":1}");
    }

    @Test
    void theDeadLetterOfAStructuredEventKeepsItsDataAsItCame() {
        MeshEvent event = event(structured("{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/s\",\"type\":\"t\","
                + "\"data\":{\"a\":1e9999999999}}"));
        assertThat(event.read(Projection.nothing()).damage()).isNotNull();

        WireRecord letter = DeadLetter.of(event, Reason.UNREADABLE_PAYLOAD, "oops", "r", "shop");

        assertThat(text(letter.value())).contains("\"data\":{\"a\":1e9999999999}");
    }

    @Test
    void manyAttributesTakeTimeInProportion() {
        String[] headers = new String[200_000];
        for (int i = 0; i < headers.length; i += 2) {
            headers[i] = "ce_x" + i;
            headers[i + 1] = "";
        }
        WireRecord wire = order("{}", headers);

        MeshEvent written = assertTimeoutPreemptively(QUICKLY, () -> {
            MeshEvent event = (MeshEvent) new EventReader(Long.MAX_VALUE).read(Records.ORIGIN, wire);
            return (MeshEvent) new EventReader(Long.MAX_VALUE)
                    .read(Records.ORIGIN, EventWriter.write(event, EventFormat.STRUCTURED));
        });

        assertThat(written.getExtensionNames()).hasSize(headers.length / 2);
    }

    @Test
    void anAttributeAmongManyStandsOnlyOnce() {
        String[] headers = new String[200];
        for (int i = 0; i < headers.length; i += 2) {
            headers[i] = "ce_x" + i % 198;
            headers[i + 1] = "";
        }

        assertThat(((RefusedRecord) read(order("{}", headers))).detail()).isEqualTo("the attribute x0 stands twice");
    }

    private static void writeEveryWay(MeshEvent event) {
        for (EventFormat format : EventFormat.values()) {
            MeshEvent written = event(EventWriter.write(event, format));
            assertThat(written.getId()).isEqualTo(event.getId());
            assertThat(written.getType()).isEqualTo(event.getType());
        }
        event.data();
        MeshEvent letter = event(DeadLetter.of(event, Reason.UNREADABLE_PAYLOAD, "\uD800\u0000", "r", "shop"));
        assertThat(letter.attribute("weftreason")).isEqualTo("unreadable-payload");
        assertThat(letter.payload()).isEqualTo(event.payload());
    }

    private static WireRecord random(Random random) {
        WireHeaders.Builder headers = new WireHeaders.Builder();
        boolean likelyEvent = random.nextBoolean();
        for (int i = 0; i < 4 && likelyEvent; i++) {
            headers.add(HEADERS.get(i), bytes(TEXTS.get(i)));
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            headers.add(one(HEADERS, random), random.nextInt(10) == 0 ? null : bytes(one(TEXTS, random)));
        }
        if (random.nextInt(3) == 0) {
            headers.add("content-type", bytes("application/cloudevents+json"));
        }
        return new WireRecord(random.nextBoolean() ? null : new byte[0], headers.build(), value(random));
    }

    private static byte @Nullable [] value(Random random) {
        StringBuilder value = new StringBuilder(random.nextBoolean() ? PIECES.get(0) : "");
        for (int i = random.nextInt(6); i > 0; i--) {
            value.append(random.nextBoolean() ? "," : "").append(one(PIECES, random));
        }
        byte[] bytes = bytes(value + (random.nextBoolean() ? "}" : ""));
        switch (random.nextInt(8)) {
            case 0:
                return null;
            case 1:
                return new byte[0];
            case 2:
                random.nextBytes(bytes);
                return bytes;
            case 3:
                return Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
            default:
                return bytes;
        }
    }

    private static String one(List<String> all, Random random) {
        return all.get(random.nextInt(all.size()));
    }
}
