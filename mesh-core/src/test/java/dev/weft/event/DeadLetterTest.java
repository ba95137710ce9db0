package dev.weft.event;

import static dev.weft.event.Records.bytes;
import static dev.weft.event.Records.event;
import static dev.weft.event.Records.order;
import static dev.weft.event.Records.read;
import static dev.weft.event.Records.structured;
import static dev.weft.event.Records.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DeadLetterTest {

    @Test
    void wrapsARefusedRecordInAnEventOfItsOwn() {
        WireRecord wire = Records.binary("gar\u0000bage", "content-type", "text/plain", "app", "x");

        MeshEvent letter = event(DeadLetter.of((RefusedRecord) read(wire), "shop"));

        assertThat(letter.getType()).isEqualTo("dev.weft.refused");
        assertThat(letter.getId()).isEqualTo("orders/3/42");
        assertThat(letter.getSource()).hasToString("/weft/shop");
        assertThat(letter.attribute("weftreason")).isEqualTo("not-a-cloudevent");
        assertThat(letter.attribute("weftdetail")).startsWith("the record has neither");
        assertThat(letter.attribute("wefttopic")).isEqualTo("orders");
        assertThat(letter.attribute("weftpartition")).isEqualTo("3");
        assertThat(letter.attribute("weftoffset")).isEqualTo("42");
        assertThat(letter.attribute("weftjob")).isEqualTo("shop");
    }

    @Test
    void keepsKeyValueAndHeadersOfARefusedRecord() {
        WireRecord wire = Records.binary("garbage", "content-type", "text/plain", "ce_id", "");

        WireRecord letter = DeadLetter.of((RefusedRecord) read(wire), "shop");

        assertThat(letter.key()).isEqualTo(wire.key());
        assertThat(letter.value()).isEqualTo(wire.value());
        assertThat(text(header(letter, "weft-original-content-type"))).isEqualTo("text/plain");
        assertThat(text(header(letter, "weft-original-ce_id"))).isEmpty();
    }

    @Test
    void keepsATombstoneATombstone() {
        WireRecord letter = DeadLetter.of((RefusedRecord) read(Records.binary(null)), "shop");

        assertThat(letter.value()).isNull();
        assertThat(event(letter).attribute("weftreason")).isEqualTo("tombstone");
    }

    @Test
    void leavesARecordThatNoProducerCouldWriteWhereItIs() {
        WireRecord wire = new WireRecord(bytes("key"), WireHeaders.NONE, new byte[DeadLetter.LARGEST]);

        WireRecord letter = DeadLetter.of((RefusedRecord) read(wire), "shop");

        assertThat(letter.value()).isNull();
        assertThat(letter.size()).isLessThan(2_000);
        assertThat(event(letter).attribute("weftomitted")).isEqualTo(Integer.toString(DeadLetter.LARGEST + 3));
        assertThat(event(letter).attribute("weftoffset")).isEqualTo("42");
    }

    @Test
    void countsWhatTheNamesOfHeadersGrowBy() {
        String[] names = new String[2_200_000];
        Arrays.fill(names, "");
        WireRecord wire = new WireRecord(null, new WireHeaders(names, new byte[names.length][]), bytes("garbage"));

        WireRecord letter = DeadLetter.of((RefusedRecord) read(wire), "shop");

        assertThat(event(letter).attribute("weftomitted")).isEqualTo("7");
    }

    @Test
    void saysControlCharactersAsBlanks() {
        RefusedRecord refused = (RefusedRecord) read(order("", "ce_a\u0007b", "x"));

        MeshEvent letter = event(DeadLetter.of(refused, "shop"));

        assertThat(letter.attribute("weftdetail"))
                .isEqualTo("the header ce_a b names no attribute: lower-case letters and digits only");
    }

    @Test
    void addsTheReasonToABinaryEvent() {
        MeshEvent event = event(order("{oops", "content-type", "application/json", "trace", "t"));

        WireRecord letter = DeadLetter.of(event, Reason.UNREADABLE_PAYLOAD, "oops", "big-orders", "shop");

        assertThat(letter.value()).isEqualTo(bytes("{oops"));
        assertThat(text(header(letter, "trace"))).isEqualTo("t");
        assertThat(event(letter).getType()).isEqualTo("order");
        assertThat(event(letter).attribute("weftroute")).isEqualTo("big-orders");
        assertThat(event(letter).attribute("weftreason")).isEqualTo("unreadable-payload");
    }

    @Test
    void addsTheReasonToAStructuredEvent() {
        MeshEvent event = event(structured("""
                {"specversion":"1.0","id":"1","source":"/s","type":"t","rank":7,"datacontenttype":"application/json",
                 "data_base64":"e2Jyb2tlbg=="}"""));

        MeshEvent letter = event(DeadLetter.of(event, Reason.UNREADABLE_PAYLOAD, "oops", "r", "shop"));

        assertThat(letter.getExtension("rank")).isEqualTo(7);
        assertThat(text(letter.payload())).isEqualTo("{broken");
        assertThat(letter.attribute("weftdetail")).isEqualTo("oops");
    }

    private static byte[] header(WireRecord record, String name) {
        byte[] value = record.headers().value(record.headers().indexOf(name));
        return value == null ? new byte[0] : value;
    }
}
