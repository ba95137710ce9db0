package dev.weft.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/**
 * Reads JSON in one pass, keeping only the wanted fields. The whole text is read, so damage anywhere is found and the
 * answer does not depend on which fields are wanted. Of a name that stands twice in an object, the last value counts.
 * Numbers with a fraction or an exponent are kept as exact decimals.
 */
final class JsonPayload {

    static final JsonFactory JSON = new JsonFactory();

    private static final JsonNodeFactory NODES = JsonNodeFactory.withExactBigDecimals(true);

    private JsonPayload() {}

    static PayloadReading read(byte[] bytes, int offset, int length, Projection wanted) {
        if (isNotUtf8(bytes, offset, length)) {
            return damaged("it is not UTF-8");
        }
        try (JsonParser parser = JSON.createParser(bytes, offset, length)) {
            if (parser.nextToken() == null) {
                return damaged("it is blank");
            }
            JsonNode root = value(parser, wanted);
            if (parser.nextToken() != null) {
                return damaged("it goes on after the end of the JSON value");
            }
            return new PayloadReading(root, null);
        } catch (JsonProcessingException e) {
            return damaged(e.getOriginalMessage());
        } catch (IOException e) {
            return damaged(String.valueOf(e.getMessage()));
        }
    }

    /** UTF-16 and UTF-32, which Jackson would detect and read: RFC 8259 leaves only UTF-8 on the wire. */
    static boolean isNotUtf8(byte[] bytes, int offset, int length) {
        return length >= 2 && (bytes[offset] == 0 || bytes[offset + 1] == 0 || (bytes[offset] & 0xFE) == 0xFE);
    }

    private static PayloadReading damaged(String how) {
        return new PayloadReading(MissingNode.getInstance(), how);
    }

    private static JsonNode value(JsonParser parser, Projection wanted) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser, wanted);
            case START_ARRAY -> array(parser, wanted);
            case VALUE_STRING -> NODES.textNode(parser.getText());
            case VALUE_NUMBER_INT -> integer(parser);
            case VALUE_NUMBER_FLOAT -> NODES.numberNode(parser.getDecimalValue());
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            default -> NODES.nullNode();
        };
    }

    private static ObjectNode object(JsonParser parser, Projection wanted) throws IOException {
        ObjectNode object = NODES.objectNode();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            Projection below = wanted.field(name);
            if (below == null) {
                skip(parser);
            } else {
                object.set(name, value(parser, below));
            }
        }
        return object;
    }

    private static ArrayNode array(JsonParser parser, Projection wanted) throws IOException {
        ArrayNode array = NODES.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(value(parser, wanted));
        }
        return array;
    }

    private static JsonNode integer(JsonParser parser) throws IOException {
        return switch (parser.getNumberType()) {
            case INT -> NODES.numberNode(parser.getIntValue());
            case LONG -> NODES.numberNode(parser.getLongValue());
            default -> NODES.numberNode(parser.getBigIntegerValue());
        };
    }

    private static void skip(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            parser.finishToken();
        } else {
            parser.skipChildren();
        }
    }
}
