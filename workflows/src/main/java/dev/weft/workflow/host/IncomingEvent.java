package dev.weft.workflow.host;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.event.MeshEvent;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An event of the mesh, as workflows see it: its envelope as JSON, in the CloudEvents JSON format. A payload that can
 * be read as JSON is {@code data}, text is {@code data} as well, and anything else is {@code data_base64}. Made when
 * somebody asks for it, once.
 */
final class IncomingEvent {

    private final MeshEvent event;
    private @Nullable ObjectNode json;
    private byte @Nullable [] bytes;
    private @Nullable Long identity;

    IncomingEvent(MeshEvent event) {
        this.event = event;
    }

    /** Returns the text of an attribute; of the payload where it is a JSON string; null where there is none. */
    @Nullable
    String text(String attribute) {
        return attribute.equals("data") ? value(attribute).textValue() : event.attribute(attribute);
    }

    /** Returns the attribute as JSON, or the payload for {@code data}; null where there is none. */
    JsonNode value(String attribute) {
        JsonNode value = json().get(attribute);
        return value == null ? NullNode.getInstance() : value;
    }

    /** Returns the topic by which it came. */
    String topic() {
        return event.origin().topic();
    }

    /** Returns what source and id make, which tell an event from all others. */
    long identity() {
        Long made = identity;
        if (made == null) {
            made = StableHash.number(required("source"), required("id"));
            identity = made;
        }
        return made;
    }

    String required(String name) {
        return Objects.requireNonNull(event.attribute(name), name);
    }

    ObjectNode json() {
        ObjectNode made = json;
        if (made == null) {
            made = envelope();
            json = made;
        }
        return made;
    }

    /** Returns {@link #json} as text. Nobody may write to it. */
    byte[] bytes() {
        byte[] made = bytes;
        if (made == null) {
            made = JsonBytes.of(json());
            bytes = made;
        }
        return made;
    }

    private ObjectNode envelope() {
        ObjectNode envelope = JsonBytes.NODES.objectNode();
        envelope.put("specversion", "1.0");
        for (String name : event.attributeNames()) {
            Object typed = event.getExtension(name);
            if (typed instanceof Boolean flag) {
                envelope.put(name, flag);
            } else if (typed instanceof Integer number) {
                envelope.put(name, number);
            } else if (!name.equals("data")) {
                envelope.put(name, event.attribute(name));
            }
        }
        JsonNode data = event.data();
        if (data instanceof MissingNode) {
            addUnread(envelope);
        } else {
            envelope.set("data", data);
        }
        return envelope;
    }

    private void addUnread(ObjectNode envelope) {
        byte[] payload = event.payload();
        if (payload == null) {
            return;
        }
        String text = isText() ? text(payload) : null;
        if (text != null) {
            envelope.put("data", text);
        } else {
            envelope.put("data_base64", payload);
        }
    }

    private boolean isText() {
        String type = event.attribute("datacontenttype");
        if (type == null) {
            return false;
        }
        String bare = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return bare.startsWith("text/") && !bare.endsWith("json") || bare.endsWith("/xml") || bare.endsWith("+xml");
    }

    private static @Nullable String text(byte[] payload) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(payload))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
