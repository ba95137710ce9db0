package dev.weft.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON (RFC 8259) in one pass, keeping only the wanted fields. The whole text is read, so damage anywhere is
 * found and the answer does not depend on which fields are wanted. Of a name that stands twice in an object, the last
 * value counts. Numbers with a fraction or an exponent are kept as exact decimals.
 *
 * <p>What is not wanted is only checked: no string is made of it, no number read. That makes this twice as fast as a
 * general parser on events of which rules want a field or two, and reading payloads is what routing costs most
 * ({@code docs/benchmarks}). Jackson's bounds hold here too: 1,000 levels, numbers of 1,000 characters.
 */
final class JsonPayload {

    private static final JsonNodeFactory NODES = JsonNodeFactory.withExactBigDecimals(true);
    private static final int DEEPEST = 1000;
    private static final int LONGEST_NUMBER = 1000;
    private static final int MOST_EXPONENT_DIGITS = 9;
    private static final int MOST_LONG_DIGITS = 18;

    private final JsonText text;
    private int depth;

    private JsonPayload(JsonText text) {
        this.text = text;
    }

    static PayloadReading read(byte[] bytes, int offset, int length, Projection wanted) {
        if (isNotUtf8(bytes, offset, length)) {
            return damaged("it is not UTF-8");
        }
        JsonText text = new JsonText(bytes, offset, offset + length);
        try {
            text.skipByteOrderMark();
            text.skipBlanks();
            if (text.isAtEnd()) {
                return damaged("it is blank");
            }
            JsonNode root = new JsonPayload(text).value(wanted);
            text.skipBlanks();
            if (!text.isAtEnd()) {
                throw text.damage("it goes on after the end of the JSON value");
            }
            return new PayloadReading(root, null);
        } catch (DamageException e) {
            return damaged(String.valueOf(e.getMessage()));
        }
    }

    /** UTF-16 and UTF-32, which some parsers would detect and read: RFC 8259 leaves only UTF-8 on the wire. */
    static boolean isNotUtf8(byte[] bytes, int offset, int length) {
        return length >= 2 && (bytes[offset] == 0 || bytes[offset + 1] == 0 || (bytes[offset] & 0xFE) == 0xFE);
    }

    private static PayloadReading damaged(String how) {
        return new PayloadReading(MissingNode.getInstance(), how);
    }

    private JsonNode value(Projection wanted) throws DamageException {
        return switch (text.peek()) {
            case '{' -> object(wanted);
            case '[' -> array(wanted);
            case '"' -> NODES.textNode(text.string());
            case 't', 'f', 'n' -> literal();
            default -> number();
        };
    }

    private JsonNode object(Projection wanted) throws DamageException {
        enter();
        ObjectNode object = NODES.objectNode();
        if (!text.takes('}')) {
            do {
                text.skipBlanks();
                int from = text.skipString();
                int to = text.position() - 1;
                Projection below = wanted.field(text.bytes(), from, to);
                String name = below == null ? null : text.decoded(from, to);
                text.expect(':');
                if (below == null || name == null) {
                    skip();
                } else {
                    text.skipBlanks();
                    object.set(name, value(below));
                }
            } while (text.continuesTo('}'));
        }
        depth--;
        return object;
    }

    private JsonNode array(Projection wanted) throws DamageException {
        enter();
        ArrayNode array = NODES.arrayNode();
        if (!text.takes(']')) {
            do {
                text.skipBlanks();
                array.add(value(wanted));
            } while (text.continuesTo(']'));
        }
        depth--;
        return array;
    }

    /** Takes the opening bracket. */
    private void enter() throws DamageException {
        text.next();
        if (++depth > DEEPEST) {
            throw text.damage("it nests deeper than " + DEEPEST + " levels");
        }
    }

    private JsonNode literal() throws DamageException {
        return switch (text.peek()) {
            case 't' -> {
                text.expectLiteral("true");
                yield NODES.booleanNode(true);
            }
            case 'f' -> {
                text.expectLiteral("false");
                yield NODES.booleanNode(false);
            }
            default -> {
                text.expectLiteral("null");
                yield NODES.nullNode();
            }
        };
    }

    private JsonNode number() throws DamageException {
        int from = text.position();
        boolean whole = skipNumber();
        int digits = text.position() - from;
        String written = new String(text.bytes(), from, digits, StandardCharsets.ISO_8859_1);
        if (!whole) {
            return NODES.numberNode(new BigDecimal(written));
        }
        if (digits > MOST_LONG_DIGITS) {
            BigInteger large = new BigInteger(written);
            return large.bitLength() < Long.SIZE ? NODES.numberNode(large.longValue()) : NODES.numberNode(large);
        }
        long number = Long.parseLong(written);
        return number == (int) number ? NODES.numberNode((int) number) : NODES.numberNode(number);
    }

    /** Checks a value of which nothing is wanted. */
    private void skip() throws DamageException {
        text.skipBlanks();
        switch (text.peek()) {
            case '{' -> {
                enter();
                if (!text.takes('}')) {
                    do {
                        text.skipBlanks();
                        text.skipString();
                        text.expect(':');
                        skip();
                    } while (text.continuesTo('}'));
                }
                depth--;
            }
            case '[' -> {
                enter();
                if (!text.takes(']')) {
                    do {
                        skip();
                    } while (text.continuesTo(']'));
                }
                depth--;
            }
            case '"' -> text.skipString();
            case 't' -> text.expectLiteral("true");
            case 'f' -> text.expectLiteral("false");
            case 'n' -> text.expectLiteral("null");
            default -> skipNumber();
        }
    }

    /** Takes a number; returns whether it is written without fraction and exponent. */
    private boolean skipNumber() throws DamageException {
        int from = text.position();
        text.takesByte('-');
        if (text.takesByte('0')) {
            if (text.isDigit()) {
                throw text.damage("a number starts with 0");
            }
        } else {
            text.expectDigits();
        }
        boolean whole = true;
        if (text.takesByte('.')) {
            whole = false;
            text.expectDigits();
        }
        if (text.takesByte('e') || text.takesByte('E')) {
            whole = false;
            skipExponent();
        }
        if (text.position() - from > LONGEST_NUMBER) {
            throw text.damage("a number has more than " + LONGEST_NUMBER + " characters");
        }
        return whole;
    }

    private void skipExponent() throws DamageException {
        if (!text.takesByte('+')) {
            text.takesByte('-');
        }
        int from = text.position();
        text.expectDigits();
        while (text.bytes()[from] == '0' && from < text.position() - 1) {
            from++;
        }
        if (text.position() - from > MOST_EXPONENT_DIGITS) {
            throw text.damage("a number's exponent has more than " + MOST_EXPONENT_DIGITS + " digits");
        }
    }

    /** Ends the reading of a payload that is not JSON. Never leaves this package. */
    static final class DamageException extends Exception {
        private static final long serialVersionUID = 1;

        DamageException(String how) {
            super(how, null, false, false);
        }

        @Override
        public @Nullable String getMessage() {
            return super.getMessage();
        }
    }
}
