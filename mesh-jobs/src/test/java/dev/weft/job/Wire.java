package dev.weft.job;

import dev.weft.event.EventReader;
import dev.weft.event.Origin;
import dev.weft.event.Received;
import dev.weft.event.WireHeaders;
import dev.weft.event.WireRecord;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Records for tests. */
public final class Wire {

    private static final int LARGEST = 1_000_000;

    private Wire() {}

    /** Returns an event in binary mode, keyed by its id. */
    public static WireRecord event(String id, String type, String json) {
        WireHeaders headers = new WireHeaders.Builder()
                .add("ce_specversion", utf8("1.0"))
                .add("ce_id", utf8(id))
                .add("ce_source", utf8("/shop"))
                .add("ce_type", utf8(type))
                .add("content-type", utf8("application/json"))
                .build();
        return new WireRecord(utf8(id), headers, utf8(json));
    }

    /** Returns a record that is no event. */
    public static WireRecord garbage(String value) {
        return new WireRecord(utf8("key"), WireHeaders.NONE, utf8(value));
    }

    /** Returns what the source makes of the record, read at offset 7 of partition 0. */
    public static Received readFrom(String topic, WireRecord record) {
        return new EventReader(LARGEST).read(new Origin(topic, 0, 7, 1_767_603_600_000L), record);
    }

    /** Returns the text of a header that is there. */
    public static String header(WireRecord record, String name) {
        byte[] value = record.headers().value(record.headers().indexOf(name));
        return new String(Objects.requireNonNull(value, name), StandardCharsets.UTF_8);
    }

    public static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
