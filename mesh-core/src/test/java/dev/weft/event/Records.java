package dev.weft.event;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Records for tests, written as a producer would. */
final class Records {

    static final Origin ORIGIN = new Origin("orders", 3, 42, 1_767_603_600_000L);

    private Records() {}

    static MeshEvent event(WireRecord wire) {
        return (MeshEvent) read(wire);
    }

    static Received read(WireRecord wire) {
        return new EventReader(1 << 20).read(ORIGIN, wire);
    }

    /** Names and values in turn, then nothing else. */
    static WireRecord binary(@Nullable String value, String... headers) {
        WireHeaders.Builder all = new WireHeaders.Builder();
        for (int i = 0; i < headers.length; i += 2) {
            all.add(headers[i], bytes(headers[i + 1]));
        }
        return new WireRecord(bytes("key"), all.build(), value == null ? null : bytes(value));
    }

    /** An event with the required attributes, and then these. */
    static WireRecord order(@Nullable String value, String... headers) {
        String[] all = new String[8 + headers.length];
        System.arraycopy(
                new String[] {"ce_specversion", "1.0", "ce_id", "1", "ce_source", "/shop", "ce_type", "order"},
                0,
                all,
                0,
                8);
        System.arraycopy(headers, 0, all, 8, headers.length);
        return binary(value, all);
    }

    static WireRecord structured(String json) {
        return binary(json, "content-type", "application/cloudevents+json; charset=UTF-8");
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static @Nullable String text(byte @Nullable [] bytes) {
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }
}
