package dev.weft.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.event.MeshEvent;
import dev.weft.event.WireHeaders;
import dev.weft.event.WireRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventMarkTest {

    private static final EventMark MARK = mark("orders", "k", "/shop", "1", "order");

    private final EventMark.Maker maker = new EventMark.Maker();

    /** The numbers are in savepoints: a change lets every event pass that was there before. */
    @Test
    void isTheSameInEveryVersionOfWeft() {
        assertThat(MARK).isEqualTo(new EventMark(138, 7_904_881_444_647_708_743L, -4_292_002_982_158_007_145L));
    }

    @ParameterizedTest(name = "{0}, key {1}, source {2}, id {3}, type {4}: the same is {5}")
    @CsvSource({
        "orders, k, /shop, 1,  order, true",
        "orders, k, /shop, 1,  other, true",
        "orders, l, /shop, 1,  order, false",
        "orders, k, /shop, 2,  order, false",
        "orders, k, /sho,  p1, order, false",
        "orders, k, /shop1, 1, order, false",
        "other,  k, /shop, 1,  order, false"
    })
    void tellsEventsApartByChannelKeySourceAndId(
            String channel, String key, String source, String id, String type, boolean same) {
        assertThat(mark(channel, key, source, id, type).equals(MARK)).isEqualTo(same);
    }

    @Test
    void sendsAllEventsOfOneKeyToOnePlace() {
        assertThat(mark("orders", "k", "/shop", "1", "order").hashCode())
                .isEqualTo(mark("returns", "k", "/post", "2", "return").hashCode());
    }

    @Test
    void spreadsEventsWithoutAKeyByWhatTheyAre() {
        assertThat(mark("orders", null, "/shop", "1", "order"))
                .isEqualTo(mark("orders", null, "/shop", "1", "order"))
                .doesNotHaveSameHashCodeAs(mark("orders", null, "/shop", "2", "order"));
    }

    @Test
    void readsTheSameOfAStructuredEvent() {
        WireHeaders structured = new WireHeaders.Builder()
                .add("content-type", Wire.utf8("application/cloudevents+json"))
                .build();
        String json = """
                {"specversion": "1.0", "id": "1", "source": "/shop", "type": "order"}""";
        WireRecord record = new WireRecord(Wire.utf8("k"), structured, Wire.utf8(json));

        assertThat(maker.of("orders", (MeshEvent) Wire.readFrom("shop.orders", record)))
                .isEqualTo(MARK);
    }

    private static EventMark mark(String channel, @Nullable String key, String source, String id, String type) {
        WireHeaders headers = new WireHeaders.Builder()
                .add("ce_specversion", Wire.utf8("1.0"))
                .add("ce_id", Wire.utf8(id))
                .add("ce_source", Wire.utf8(source))
                .add("ce_type", Wire.utf8(type))
                .build();
        WireRecord record = new WireRecord(key == null ? null : Wire.utf8(key), headers, Wire.utf8("{}"));
        return new EventMark.Maker().of(channel, (MeshEvent) Wire.readFrom("shop.orders", record));
    }
}
