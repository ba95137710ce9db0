package dev.weft.workflow.host;

import dev.weft.event.EventReader;
import dev.weft.event.Origin;
import dev.weft.event.Received;
import dev.weft.event.WireHeaders;
import dev.weft.event.WireRecord;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads events in the CloudEvents JSON format that came by no topic. */
final class EventJson {

    private static final WireHeaders HEADERS = new WireHeaders.Builder()
            .add("content-type", "application/cloudevents+json; charset=UTF-8".getBytes(StandardCharsets.UTF_8))
            .build();

    private EventJson() {}

    /** Returns the event; or, where it is no CloudEvent, the record with the reason. */
    static Received received(byte @Nullable [] key, byte[] json) {
        return new EventReader(Long.MAX_VALUE).read(Origin.NONE, new WireRecord(key, HEADERS, json));
    }
}
