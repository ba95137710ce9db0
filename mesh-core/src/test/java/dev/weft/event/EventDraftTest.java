package dev.weft.event;

import static dev.weft.event.Records.bytes;
import static dev.weft.event.Records.event;
import static dev.weft.event.Records.order;
import static dev.weft.event.Records.structured;
import static dev.weft.event.Records.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class EventDraftTest {

    private static final WireRecord BINARY =
            order("{\"a\":1}", "Content-Type", "application/json", "ce_dataschema", "urn:a", "ce_n", "5", "trace", "t");

    private static final WireRecord STRUCTURED = structured("""
            {"specversion":"1.0","id":"1","source":"/shop","type":"order","n":5,"on":true,
             "datacontenttype":"application/json","dataschema":"urn:a","data":{"a":1}}""");

    @Test
    void nothingChangedIsTheSameEvent() {
        assertThat(EventDraft.of(event(BINARY)).finish()).isEqualTo(event(BINARY));
    }

    @ParameterizedTest
    @MethodSource("modes")
    void whatIsSetReplacesWhatWasThere(WireRecord wire) {
        MeshEvent made = made(EventDraft.of(event(wire))
                .set("type", "other")
                .set("region", "eu")
                .remove("n"));

        assertThat(made.getType()).isEqualTo("other");
        assertThat(made.attribute("region")).isEqualTo("eu");
        assertThat(made.attributeNames()).doesNotContain("n").contains("dataschema");
        assertThat(made.data().toString()).isEqualTo("{\"a\":1}");
    }

    @ParameterizedTest
    @MethodSource("modes")
    void aNewPayloadBringsItsContentTypeAndLosesTheSchema(WireRecord wire) {
        MeshEvent json = made(EventDraft.of(event(wire)).payload("application/json", bytes("[2]")));
        MeshEvent words = made(EventDraft.of(event(wire)).payload("text/plain", bytes("hello")));
        MeshEvent none = made(EventDraft.of(event(wire)).noPayload());

        assertThat(json.data().toString()).isEqualTo("[2]");
        assertThat(json.attribute("dataschema")).isNull();
        assertThat(text(words.payload())).isEqualTo("hello");
        assertThat(words.attribute("datacontenttype")).isEqualTo("text/plain");
        assertThat(none.payload()).isNull();
        assertThat(none.attribute("datacontenttype")).isNull();
    }

    @Test
    void keepsKeyModeAndOtherHeaders() {
        MeshEvent made = EventDraft.of(event(BINARY))
                .payload("application/json", bytes("2"))
                .finish();

        assertThat(made.wire().key()).isEqualTo(BINARY.key());
        assertThat(made.wire().headers().indexOf("trace")).isNotNegative();
        assertThat(made.wire().headers().indexOf("Content-Type"))
                .as("no second one")
                .isNegative();
        assertThat(made.origin()).isEqualTo(Records.ORIGIN);
    }

    @Test
    void aStructuredEventKeepsTheTypesOfWhatIsNotChanged() {
        MeshEvent made = made(EventDraft.of(event(STRUCTURED)).set("type", "other"));

        assertThat(made.getExtension("n")).isEqualTo(5);
        assertThat(made.getExtension("on")).isEqualTo(true);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            type        | ''        | the attribute type is empty
            source      | a b       | the attribute source is not a URI reference
            time        | tomorrow  | the attribute time is not an RFC 3339 timestamp
            dataschema  | shop      | the attribute dataschema is not an absolute URI
            Region      | eu        | the attribute Region cannot be set
            specversion | 0.3       | the attribute specversion cannot be set
            """)
    void whatBreaksTheSpecificationIsAFault(String name, String text, String fault) {
        EventDraft draft = EventDraft.of(event(BINARY)).set(name, text);

        assertThat(draft.fault()).isEqualTo(fault);
        assertThatThrownBy(draft::finish).hasMessage(fault);
    }

    @Test
    void aRequiredAttributeCannotBeLeftOut() {
        assertThat(EventDraft.of(event(BINARY)).remove("source").fault()).isEqualTo("the attribute source is missing");
    }

    static List<WireRecord> modes() {
        return List.of(BINARY, STRUCTURED);
    }

    /** What a reader makes of the copy: it is checked as any record is. */
    private static MeshEvent made(EventDraft draft) {
        return event(draft.finish().wire());
    }
}
