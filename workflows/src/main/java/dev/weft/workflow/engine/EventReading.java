package dev.weft.workflow.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.weft.workflow.Body.Read;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * What a task reads of an event. Raw is the payload's bytes in base64, as a call's raw output is: a payload that is
 * JSON is written without spaces.
 */
public final class EventReading {

    private static final String DATA = "data";
    private static final String BYTES = "data_base64";

    private EventReading() {}

    /** Returns that of an event's envelope. */
    public static JsonNode read(Read read, ObjectNode event) {
        if (read == Read.ENVELOPE) {
            return event;
        }
        JsonNode data = event.get(DATA);
        JsonNode bytes = event.get(BYTES);
        if (data == null && bytes == null) {
            return NullNode.getInstance();
        }
        if (data == null) {
            return bytes;
        }
        if (read == Read.DATA) {
            return data;
        }
        byte[] text = Shown.text(data).getBytes(StandardCharsets.UTF_8);
        return TextNode.valueOf(Base64.getEncoder().encodeToString(text));
    }
}
