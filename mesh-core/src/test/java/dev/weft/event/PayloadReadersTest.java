package dev.weft.event;

import static dev.weft.event.Records.event;
import static dev.weft.event.Records.order;
import static dev.weft.event.Records.structured;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.TextNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which reader reads which payload. */
class PayloadReadersTest {

    /** Says which reader it is and how many bytes it was given. */
    private record Named(String name) implements PayloadReader {

        @Override
        public PayloadReading read(byte[] bytes, Projection wanted) {
            return new PayloadReading(TextNode.valueOf(name + " of " + bytes.length), null);
        }
    }

    private static final PayloadReaders READERS = PayloadReaders.jsonOnly()
            .with("Avro/Binary", "urn:a", new Named("a"))
            .with("avro/binary", "urn:b", new Named("b"))
            .with("application/x-thing", null, new Named("thing"))
            .with("application/x-thing", "urn:c", new Named("c"));

    @ParameterizedTest(name = "{0} with {1}")
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "avro/binary | urn:a | a of 3",
                "AVRO/binary; charset=x | urn:b | b of 3",
                "avro/binary ; v=1 | urn:b | b of 3",
                "application/x-thing | - | thing of 3",
                "application/x-thing | urn:other | thing of 3",
                "application/x-thing | urn:c | c of 3",
                "application/x-thin | - | ''",
                "application/x-things | - | ''",
                "text/plain | urn:a | ''",
            })
    void theContentTypeAndTheSchemaChoose(String contentType, String schema, String read) {
        MeshEvent event = (schema == null
                        ? event(order("abc", "content-type", contentType))
                        : event(order("abc", "content-type", contentType, "ce_dataschema", schema)))
                .readBy(READERS);

        assertThat(event.read(Projection.everything()).damage()).isNull();
        assertThat(event.data().asText()).isEqualTo(read);
    }

    @Test
    void aPayloadWhoseSchemaIsNotKnownIsDamaged() {
        assertThat(event(order("abc", "content-type", "avro/binary", "ce_dataschema", "urn:z"))
                        .readBy(READERS)
                        .read(Projection.nothing())
                        .damage())
                .isEqualTo("the payload cannot be read: no schema is configured for its dataschema urn:z");
        assertThat(event(order("abc", "content-type", "avro/binary"))
                        .readBy(READERS)
                        .read(Projection.nothing())
                        .damage())
                .isEqualTo(
                        "the payload cannot be read: the event names no dataschema, by which one of several is chosen");
    }

    @Test
    void jsonIsReadAsEver() {
        MeshEvent event =
                event(order("{\"a\":1}", "content-type", "application/json")).readBy(READERS);
        assertThat(event.data()).hasToString("{\"a\":1}");
        assertThatThrownBy(() -> READERS.with("application/vnd.shop+json", null, new Named("x")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aStructuredEventHasItsBytesInBase64() {
        String start = "{\"specversion\":\"1.0\",\"id\":\"1\",\"source\":\"/s\",\"type\":\"t\","
                + "\"datacontenttype\":\"application/x-thing\",";
        assertThat(event(structured(start + "\"data_base64\":\"AAEC\"}"))
                        .readBy(READERS)
                        .data())
                .hasToString("\"thing of 3\"");
        assertThat(event(structured(start + "\"data\":{}}"))
                        .readBy(READERS)
                        .read(Projection.nothing())
                        .damage())
                .contains("stands in data as JSON, where data_base64 is for bytes");
        assertThat(event(structured(start + "\"data_base64\":\"\"}"))
                        .readBy(READERS)
                        .read(Projection.nothing()))
                .isEqualTo(PayloadReading.NONE);
    }

    @Test
    void whatIsMadeOfAnEventHasItsReaders() {
        MeshEvent made = EventDraft.of(event(order("abc", "content-type", "application/x-thing"))
                        .readBy(READERS))
                .set("subject", "s")
                .finish();
        assertThat(made.data()).hasToString("\"thing of 3\"");
    }

    @Test
    void withoutReadersThereIsNothingToRead() {
        assertThat(event(order("abc", "content-type", "avro/binary")).read(Projection.everything()))
                .isEqualTo(PayloadReading.NONE);
    }
}
