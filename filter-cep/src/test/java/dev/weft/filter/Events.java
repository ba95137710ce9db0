package dev.weft.filter;

import dev.weft.event.EventReader;
import dev.weft.event.MeshEvent;
import dev.weft.event.Origin;
import dev.weft.event.Received;
import dev.weft.event.RefusedRecord;
import dev.weft.event.WireHeaders;
import dev.weft.event.WireRecord;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Events for tests, read as the mesh reads them: in binary mode. */
public final class Events {

    private Events() {}

    /** Returns an event with that JSON payload and the least of attributes. */
    public static MeshEvent withPayload(String json) {
        return of("shop.orders", Map.of(), "application/json", json);
    }

    /** Returns an event without a payload, with these attributes beside the required ones. */
    public static MeshEvent withAttributes(Map<String, String> attributes) {
        return of("shop.orders", attributes, null, null);
    }

    /** Returns an event of that topic. */
    public static MeshEvent of(
            String topic, Map<String, String> attributes, @Nullable String contentType, @Nullable String payload) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("ce_specversion", "1.0");
        headers.put("ce_id", "1");
        headers.put("ce_source", "/tests");
        headers.put("ce_type", "test");
        attributes.forEach((name, value) -> headers.put("ce_" + name, value));
        if (contentType != null) {
            headers.put("content-type", contentType);
        }
        WireHeaders.Builder wire = WireHeaders.NONE.toBuilder();
        headers.forEach((name, value) -> wire.add(name, value.getBytes(StandardCharsets.UTF_8)));
        byte[] value = payload == null ? null : payload.getBytes(StandardCharsets.UTF_8);
        return read(topic, new WireRecord(null, wire.build(), value));
    }

    /** Returns the event that the JSON is in structured mode. */
    public static MeshEvent structured(String json) {
        WireHeaders headers = WireHeaders.NONE.toBuilder()
                .add("content-type", "application/cloudevents+json".getBytes(StandardCharsets.UTF_8))
                .build();
        return read("shop.orders", new WireRecord(null, headers, json.getBytes(StandardCharsets.UTF_8)));
    }

    private static MeshEvent read(String topic, WireRecord record) {
        Received received = new EventReader(100_000_000).read(new Origin(topic, 0, 0, 0), record);
        if (received instanceof RefusedRecord refused) {
            throw new IllegalArgumentException(refused.detail());
        }
        return (MeshEvent) received;
    }
}
