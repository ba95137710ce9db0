package dev.weft.workflow.host;

import dev.weft.event.MeshEvent;
import dev.weft.event.Origin;
import dev.weft.event.WireHeaders;
import dev.weft.event.WireRecord;
import java.nio.charset.StandardCharsets;

/** Events as tests send them, from the source {@code /tests}. */
final class Events {

    private Events() {}

    static MeshEvent event(String type, String id, String json) {
        return event(type, id, "application/json", json.getBytes(StandardCharsets.UTF_8), Origin.NONE);
    }

    static MeshEvent event(String type, String id, String contentType, byte[] payload, Origin origin) {
        WireHeaders headers = new WireHeaders.Builder()
                .add("ce_specversion", bytes("1.0"))
                .add("ce_id", bytes(id))
                .add("ce_source", bytes("/tests"))
                .add("ce_type", bytes(type))
                .add("content-type", bytes(contentType))
                .build();
        return MeshEvent.stored(origin, new WireRecord(null, headers, payload));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
