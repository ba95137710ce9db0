package dev.weft.http;

import dev.weft.event.MeshEvent;
import java.util.List;

/** STUB, replaced by the http helper's. */
public final class EventMessages {
    private EventMessages() {}

    /** STUB. */
    public static HttpMessage of(MeshEvent event, HttpSettings.EventMode mode, List<HttpHeader> more) {
        byte[] body = event.payload();
        return new HttpMessage(more, body == null ? new byte[0] : body);
    }
}
