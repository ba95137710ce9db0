package dev.weft.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An event in structured mode: one JSON object with attributes and payload (CloudEvents JSON format v1.0.2). The object
 * is read once, in one pass; of the payload only its place is kept.
 */
final class StructuredEnvelope extends Envelope {

    static final String CONTENT_TYPE = "application/cloudevents+json";
    static final JsonFactory JSON = new JsonFactory();
    static final String DATA = "data";
    static final String DATA_BASE64 = "data_base64";

    private final byte[] json;
    private final Map<String, Object> attributes = new LinkedHashMap<>();
    private final Data data;

    /**
     * The payload. Final, so that threads which share the event without synchronizing see all of it.
     *
     * @param start where {@code data} stands in the JSON text
     * @param end behind it; 0 where the event has none
     * @param text what {@code data} says, where it is a JSON string
     * @param decoded the payload where it is not a piece of the JSON text: decoded base64, or text of another content
     *     type
     */
    private record Data(int start, int end, @Nullable String text, byte @Nullable [] decoded) {
        static final Data NONE = new Data(0, 0, null, null);

        Data decodedTo(byte @Nullable [] bytes) {
            return new Data(start, end, null, bytes);
        }
    }

    /** Reads the JSON text, or refuses it if it is no event. */
    StructuredEnvelope(byte[] json) throws RefusalException {
        this.json = json;
        if (JsonPayload.isNotUtf8(json, 0, json.length)) {
            throw unreadable("it is not UTF-8");
        }
        try (JsonParser parser = JSON.createParser(json)) {
            data = readObject(parser);
        } catch (JsonProcessingException e) {
            throw unreadable(e.getOriginalMessage());
        } catch (IOException e) {
            throw unreadable(String.valueOf(e.getMessage()));
        }
        checkAttributes();
    }

    private static RefusalException unreadable(String how) {
        return new RefusalException(Reason.UNREADABLE_EVENT, "the structured event cannot be read: " + how);
    }

    private Data readObject(JsonParser parser) throws IOException, RefusalException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw unreadable("it is not a JSON object");
        }
        Data inPlace = Data.NONE;
        byte[] binary = null;
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            JsonToken token = parser.nextToken();
            switch (name) {
                case DATA -> inPlace = readData(parser, token, inPlace);
                case DATA_BASE64 -> binary = readBase64(parser, token, binary);
                default -> readAttribute(parser, name, token);
            }
        }
        if (parser.nextToken() != null) {
            throw unreadable("it goes on after its end");
        }
        if (binary != null && inPlace.end() > 0) {
            throw unreadable("it has both data and data_base64");
        }
        // Only a payload of another content type is the string's text; a JSON payload is the string with its quotes.
        String contentType = text("datacontenttype");
        String text = inPlace.text();
        return inPlace.decodedTo(
                text != null && contentType != null && !AttributeRules.isJson(contentType) ? Text.bytes(text) : binary);
    }

    /** Notes where the payload stands. */
    private static Data readData(JsonParser parser, JsonToken token, Data earlier)
            throws IOException, RefusalException {
        if (earlier.end() > 0) {
            throw unreadable("data stands twice");
        }
        if (token == JsonToken.VALUE_NULL) {
            return Data.NONE;
        }
        int start = Math.toIntExact(parser.currentTokenLocation().getByteOffset());
        String text = token == JsonToken.VALUE_STRING ? parser.getText() : null;
        parser.skipChildren();
        int end = Math.toIntExact(parser.currentLocation().getByteOffset());
        return new Data(start, end, text, null);
    }

    private static byte @Nullable [] readBase64(JsonParser parser, JsonToken token, byte @Nullable [] earlier)
            throws IOException, RefusalException {
        if (earlier != null) {
            throw unreadable("data_base64 stands twice");
        }
        if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        if (token != JsonToken.VALUE_STRING) {
            throw unreadable("data_base64 is not a string");
        }
        try {
            return Base64.getDecoder().decode(parser.getText());
        } catch (IllegalArgumentException e) {
            throw unreadable("data_base64 is not base64: " + e.getMessage());
        }
    }

    private void readAttribute(JsonParser parser, String name, JsonToken token) throws IOException, RefusalException {
        if (!AttributeRules.isName(name)) {
            throw new RefusalException(
                    Reason.INVALID_ATTRIBUTE,
                    "the member " + name + " names no attribute: lower-case letters and digits only");
        }
        Object value = switch (token) {
            case VALUE_STRING -> parser.getText();
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            case VALUE_NUMBER_INT -> integer(parser, name);
            case VALUE_NULL -> null;
            default ->
                throw new RefusalException(
                        Reason.INVALID_ATTRIBUTE,
                        "the attribute " + name + " is neither text, boolean nor a whole number");
        };
        if (value != null && attributes.put(name, value) != null) {
            throw new RefusalException(Reason.INVALID_ATTRIBUTE, "the attribute " + name + " stands twice");
        }
    }

    private static Integer integer(JsonParser parser, String name) throws IOException, RefusalException {
        if (parser.getNumberType() != JsonParser.NumberType.INT) {
            throw new RefusalException(
                    Reason.INVALID_ATTRIBUTE, "the attribute " + name + " is a number beyond 32 bits");
        }
        return parser.getIntValue();
    }

    private void checkAttributes() throws RefusalException {
        Object version = attributes.get("specversion");
        if (version == null) {
            throw new RefusalException(Reason.MISSING_ATTRIBUTE, "the attribute specversion is missing");
        }
        if (!version.equals("1.0")) {
            throw new RefusalException(
                    Reason.UNSUPPORTED_VERSION, "the event's specversion is " + version + "; 1.0 is supported");
        }
        for (String required : new String[] {"id", "source", "type"}) {
            Object value = attributes.get(required);
            if (value == null || value.equals("")) {
                throw new RefusalException(
                        Reason.MISSING_ATTRIBUTE,
                        "the attribute " + required + (value == null ? " is missing" : " is empty"));
            }
        }
        for (Map.Entry<String, Object> attribute : attributes.entrySet()) {
            checkValue(attribute.getKey(), attribute.getValue());
        }
    }

    private static void checkValue(String name, Object value) throws RefusalException {
        if (!(value instanceof String text)) {
            if (AttributeNames.OF_THE_SPECIFICATION.contains(name)) {
                throw new RefusalException(Reason.INVALID_ATTRIBUTE, "the attribute " + name + " is not text");
            }
            return;
        }
        String fault = AttributeRules.faultOf(name, text);
        if (fault != null) {
            throw new RefusalException(Reason.INVALID_ATTRIBUTE, "the attribute " + name + " " + fault);
        }
    }

    @Override
    @Nullable
    String text(String attribute) {
        Object value = attributes.get(attribute);
        return value == null ? null : value.toString();
    }

    @Override
    @Nullable
    Object typed(String attribute) {
        return attributes.get(attribute);
    }

    @Override
    Set<String> names() {
        return attributes.keySet();
    }

    @Override
    byte @Nullable [] payload() {
        byte[] decoded = data.decoded();
        if (decoded != null) {
            return decoded.length == 0 ? null : decoded;
        }
        return isPieceOfJson() ? Arrays.copyOfRange(json, data.start(), data.end()) : null;
    }

    @Override
    boolean isPieceOfJson() {
        return data.decoded() == null && data.end() > 0;
    }

    @Override
    PayloadReading readJson(Projection wanted, boolean claimed) {
        byte[] decoded = data.decoded();
        if (decoded != null) {
            PayloadReading reading =
                    decoded.length == 0 ? PayloadReading.NONE : JsonPayload.read(decoded, 0, decoded.length, wanted);
            return !claimed && reading.damage() != null ? PayloadReading.NONE : reading;
        }
        return isPieceOfJson()
                ? JsonPayload.read(json, data.start(), data.end() - data.start(), wanted)
                : PayloadReading.NONE;
    }
}
