package dev.weft.workflow.scenario;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.config.Node;
import dev.weft.config.NodeJson;
import dev.weft.event.EventReader;
import dev.weft.event.MeshEvent;
import dev.weft.event.Origin;
import dev.weft.event.Received;
import dev.weft.event.WireHeaders;
import dev.weft.event.WireRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Events as scenarios write them, in the JSON format of CloudEvents, and as the mesh has them. */
public final class EventJson {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
            .build();

    private static final byte[] CONTENT_TYPE =
            "application/cloudevents+json; charset=UTF-8".getBytes(StandardCharsets.UTF_8);

    private EventJson() {}

    /**
     * Returns the event, or why it is none.
     *
     * @param topic by which it came
     * @param now when it was put where it was read from, in milliseconds since 1970
     */
    public static Received received(ObjectNode event, String topic, long now) {
        try {
            WireHeaders headers =
                    new WireHeaders.Builder().add("content-type", CONTENT_TYPE).build();
            WireRecord wire = new WireRecord(null, headers, JSON.writeValueAsBytes(event));
            return new EventReader(Long.MAX_VALUE).read(new Origin(topic, 0, 0, now), wire);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns what is written as it is when it is read of a message. */
    static JsonNode data(Node written) {
        try {
            return JSON.readTree(NodeJson.of(written).toString());
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns an event that workflows made, with its data. */
    public static ObjectNode of(MeshEvent event) {
        try {
            return (ObjectNode) JSON.readTree(event.wire().value());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
