package dev.weft.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.event.JsonText.DamageException;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * Reads JSON in one pass, keeping only the wanted fields. The whole text is read, so damage anywhere is found and the
 * answer does not depend on which fields are wanted. Of a name that stands twice in an object, the last value counts.
 * Numbers with a fraction or an exponent are kept as exact decimals.
 *
 * <p>What is not wanted is only checked: no string is made of it, no number read (docs/decisions/0008). Jackson's
 * bounds hold here too: 1,000 levels, numbers of 1,000 characters.
 */
final class JsonPayload {

    private static final JsonNodeFactory NODES = JsonNodeFactory.withExactBigDecimals(true);
    private static final int MOST_LONG_DIGITS = 18;

    private final byte[] bytes;
    private final JsonText text;

    /** Behind the last value that was made. */
    private int at;

    private JsonPayload(byte[] bytes, JsonText text) {
        this.bytes = bytes;
        this.text = text;
        this.at = text.skipBlanks(text.start());
    }

    static PayloadReading read(byte[] bytes, int offset, int length, Projection wanted) {
        if (isNotUtf8(bytes, offset, length)) {
            return damaged("it is not UTF-8");
        }
        try {
            return new JsonPayload(bytes, new JsonText(bytes, offset, offset + length)).read(wanted);
        } catch (DamageException e) {
            return damaged(String.valueOf(e.getMessage()));
        }
    }

    /** UTF-16 and UTF-32, which some parsers would detect and read: RFC 8259 leaves only UTF-8 on the wire. */
    static boolean isNotUtf8(byte[] bytes, int offset, int length) {
        return length >= 2 && (bytes[offset] == 0 || bytes[offset + 1] == 0 || (bytes[offset] & 0xFE) == 0xFE);
    }

    private static PayloadReading damaged(String how) {
        return PayloadReading.damaged("the payload is not the JSON it says it is: " + how);
    }

    private PayloadReading read(Projection wanted) throws DamageException {
        if (text.isEnd(at)) {
            return damaged("it is blank");
        }
        JsonNode root = value(wanted, 0);
        int rest = text.skipBlanks(at);
        if (!text.isEnd(rest)) {
            throw text.damage(rest, "it goes on after the end of the JSON value");
        }
        return new PayloadReading(root, null);
    }

    private JsonNode value(Projection wanted, int depth) throws DamageException {
        return switch (text.byteAt(at)) {
            case '{' -> object(wanted, depth + 1);
            case '[' -> array(wanted, depth + 1);
            case '"' -> NODES.textNode(string());
            case 't' -> literal("true", NODES.booleanNode(true));
            case 'f' -> literal("false", NODES.booleanNode(false));
            case 'n' -> literal("null", NODES.nullNode());
            default -> number();
        };
    }

    private ObjectNode object(Projection wanted, int depth) throws DamageException {
        ObjectNode object = NODES.objectNode();
        at = text.skipOpening(at, depth);
        while (text.byteAt(at) != '}') {
            int from = at + 1;
            int behindName = text.skipString(at);
            Projection below = wanted.field(bytes, from, behindName - 1);
            at = text.skipColon(behindName);
            if (below == null) {
                at = text.skipValue(at, depth);
            } else {
                object.set(text.decoded(from, behindName - 1), value(below, depth));
            }
            at = text.skipComma(at, '}');
        }
        at++;
        return object;
    }

    private ArrayNode array(Projection wanted, int depth) throws DamageException {
        ArrayNode array = NODES.arrayNode();
        at = text.skipOpening(at, depth);
        while (text.byteAt(at) != ']') {
            array.add(value(wanted, depth));
            at = text.skipComma(at, ']');
        }
        at++;
        return array;
    }

    private String string() throws DamageException {
        int from = at + 1;
        at = text.skipString(at);
        return text.decoded(from, at - 1);
    }

    private JsonNode literal(String literal, JsonNode node) throws DamageException {
        at = text.skipLiteral(at, literal);
        return node;
    }

    private JsonNode number() throws DamageException {
        int from = at;
        at = text.skipNumber(at);
        String written = text.ascii(from, at);
        if (!isWhole(from, at)) {
            return NODES.numberNode(new BigDecimal(written));
        }
        if (written.length() > MOST_LONG_DIGITS) {
            BigInteger large = new BigInteger(written);
            return large.bitLength() < Long.SIZE ? NODES.numberNode(large.longValue()) : NODES.numberNode(large);
        }
        long number = Long.parseLong(written);
        return number == (int) number ? NODES.numberNode((int) number) : NODES.numberNode(number);
    }

    private boolean isWhole(int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == '.' || bytes[i] == 'e' || bytes[i] == 'E') {
                return false;
            }
        }
        return true;
    }
}
