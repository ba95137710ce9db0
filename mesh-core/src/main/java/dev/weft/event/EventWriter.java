package dev.weft.event;

import com.fasterxml.jackson.core.JsonGenerator;
import io.cloudevents.CloudEvent;
import io.cloudevents.CloudEventData;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes a record of an event. The key is kept; headers that are not attributes are kept in either mode, so that tracing
 * and an application's own headers pass through.
 */
public final class EventWriter {

    private static final Pattern JSON_TO_EVERYONE = Pattern.compile("(application|text)/([a-zA-Z]+\\+)?json(;.*)?");

    private EventWriter() {}

    /** Returns the event as a record of that format; the event's own record if it has that format already. */
    public static WireRecord write(MeshEvent event, EventFormat format) {
        boolean structured = EventReader.isStructured(event.wire().headers());
        return switch (format) {
            case AS_RECEIVED -> event.wire();
            case BINARY -> structured ? toBinary(event) : event.wire();
            case STRUCTURED -> structured ? event.wire() : toStructured(event, Map.of(), Set.of(), payloadOf(event));
        };
    }

    /**
     * Returns the event's record with more attributes, in the mode it came in; an attribute it has already is replaced.
     * The payload and, in binary mode, all other bytes stay as they are.
     *
     * @param attributes canonical text by name
     */
    public static WireRecord withAttributes(MeshEvent event, Map<String, String> attributes) {
        WireRecord wire = event.wire();
        if (EventReader.isStructured(wire.headers())) {
            return toStructured(event, attributes, Set.of(), payloadOf(event));
        }
        WireHeaders.Builder headers = wire.headers().toBuilder();
        attributes.forEach((name, text) -> headers.set(headerOf(name), Text.bytes(text)));
        return new WireRecord(wire.key(), headers.build(), wire.value());
    }

    /**
     * Returns the event's record with other attributes, in the mode it came in.
     *
     * @param set canonical text by name
     * @param removed names of attributes to leave out
     * @param payload the payload to write; null for the event's own
     */
    static WireRecord changed(
            MeshEvent event, Map<String, String> set, Set<String> removed, @Nullable NewPayload payload) {
        WireRecord wire = event.wire();
        if (EventReader.isStructured(wire.headers())) {
            return toStructured(event, set, removed, payload == null ? payloadOf(event) : payload);
        }
        WireHeaders.Builder headers = new WireHeaders.Builder();
        for (int i = 0; i < wire.headers().size(); i++) {
            String name = wire.headers().name(i);
            String attribute = AttributeNames.ofHeader(name);
            if (attribute == null || !set.containsKey(attribute) && !removed.contains(attribute)) {
                headers.add(name, wire.headers().value(i));
            }
        }
        set.forEach((name, text) -> headers.add(headerOf(name), Text.bytes(text)));
        return new WireRecord(wire.key(), headers.build(), payload == null ? wire.value() : payload.bytes);
    }

    /** The payload of a record to be written, and whether every reader takes it for JSON. */
    static final class NewPayload {
        private final byte @Nullable [] bytes;
        private final boolean jsonToEveryone;

        private NewPayload(byte @Nullable [] bytes, boolean jsonToEveryone) {
            this.bytes = bytes;
            this.jsonToEveryone = jsonToEveryone;
        }

        /** Takes bytes that are JSON if the content type says so. */
        static NewPayload of(@Nullable String contentType, byte @Nullable [] bytes) {
            return new NewPayload(
                    bytes,
                    contentType != null && JSON_TO_EVERYONE.matcher(contentType).matches());
        }
    }

    private static NewPayload payloadOf(MeshEvent event) {
        byte[] payload = event.payload();
        return new NewPayload(payload, payload != null && isJsonToEveryone(event, payload));
    }

    /** Returns any CloudEvent 1.0 as a record in binary mode. */
    public static WireRecord binary(byte @Nullable [] key, CloudEvent event) {
        WireHeaders.Builder headers = new WireHeaders.Builder();
        for (String name : event.getAttributeNames()) {
            add(headers, name, event.getAttribute(name));
        }
        for (String name : event.getExtensionNames()) {
            add(headers, name, event.getExtension(name));
        }
        CloudEventData data = event.getData();
        return new WireRecord(key, headers.build(), data == null ? null : data.toBytes());
    }

    private static void add(WireHeaders.Builder headers, String name, @Nullable Object value) {
        if (value != null) {
            headers.add(headerOf(name), Text.bytes(canonicalText(value)));
        }
    }

    private static String headerOf(String attribute) {
        return attribute.equals("datacontenttype") ? BinaryEnvelope.CONTENT_TYPE : BinaryEnvelope.PREFIX + attribute;
    }

    /** The string encodings of the CloudEvents type system (v1.0.2, section "Type System"). */
    private static String canonicalText(Object value) {
        if (value instanceof byte[] bytes) {
            return Base64.getEncoder().encodeToString(bytes);
        }
        if (value instanceof OffsetDateTime time) {
            return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time);
        }
        return value instanceof URI uri ? uri.toString() : value.toString();
    }

    private static WireRecord toBinary(MeshEvent event) {
        WireHeaders.Builder headers = otherHeaders(event);
        for (String name : event.attributeNames()) {
            headers.add(headerOf(name), Text.bytes(String.valueOf(event.attribute(name))));
        }
        byte[] payload = event.payload();
        if (payload != null && event.attribute("datacontenttype") == null && isJson(event)) {
            // In structured mode JSON is the default; in binary mode no content type would say nothing.
            headers.add(BinaryEnvelope.CONTENT_TYPE, Text.bytes("application/json"));
        }
        return new WireRecord(event.wire().key(), headers.build(), payload);
    }

    private static boolean isJson(MeshEvent event) {
        return !event.read(Projection.nothing()).root().isMissingNode();
    }

    private static WireRecord toStructured(
            MeshEvent event, Map<String, String> more, Set<String> removed, NewPayload payload) {
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        try (JsonGenerator generator = StructuredEnvelope.JSON.createGenerator(json)) {
            generator.writeStartObject();
            for (String name : event.attributeNames()) {
                if (!more.containsKey(name) && !removed.contains(name)) {
                    writeAttribute(generator, name, event);
                }
            }
            for (Map.Entry<String, String> attribute : more.entrySet()) {
                generator.writeStringField(attribute.getKey(), attribute.getValue());
            }
            byte[] bytes = payload.bytes;
            if (bytes != null && payload.jsonToEveryone) {
                generator.writeFieldName(StructuredEnvelope.DATA);
                generator.writeRawValue("");
                generator.flush();
                json.write(bytes);
            } else if (bytes != null) {
                generator.writeStringField(
                        StructuredEnvelope.DATA_BASE64, Base64.getEncoder().encodeToString(bytes));
            }
            generator.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        WireHeaders.Builder headers = otherHeaders(event);
        headers.add(BinaryEnvelope.CONTENT_TYPE, Text.bytes(StructuredEnvelope.CONTENT_TYPE + "; charset=UTF-8"));
        return new WireRecord(event.wire().key(), headers.build(), json.toByteArray());
    }

    private static void writeAttribute(JsonGenerator generator, String name, MeshEvent event) throws IOException {
        Object typed = event.getExtension(name);
        if (typed instanceof Boolean || typed instanceof Integer) {
            generator.writeObjectField(name, typed);
        } else {
            generator.writeStringField(name, event.attribute(name));
        }
    }

    /**
     * JSON stays JSON, byte for byte, where every reader takes it for JSON; all else goes as base64, which every reader
     * gives back unchanged. The SDK for Java 4.0 takes {@code application/vnd.shop+json} for text. What stood in a JSON
     * text can do so again, also if no reader of ours would take it; a byte order mark can only stand before one.
     */
    private static boolean isJsonToEveryone(MeshEvent event, byte[] payload) {
        if (event.isPieceOfJson()) {
            return true;
        }
        String contentType = event.attribute("datacontenttype");
        boolean claimed =
                contentType == null || JSON_TO_EVERYONE.matcher(contentType).matches();
        return claimed && !JsonText.isMarked(payload, 0, payload.length) && isJson(event);
    }

    /** The headers that carry no part of the event. */
    private static WireHeaders.Builder otherHeaders(MeshEvent event) {
        WireHeaders all = event.wire().headers();
        WireHeaders.Builder others = new WireHeaders.Builder();
        for (int i = 0; i < all.size(); i++) {
            String name = all.name(i);
            if (AttributeNames.ofHeader(name) == null) {
                others.add(name, all.value(i));
            }
        }
        return others;
    }
}
