package dev.weft.route.chain;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weft.digest.Sha256;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Map;
import java.util.TreeMap;

/*
 * What is hashed says what it is before it says its value, and how long it is where that is open, so no two lists of
 * values are the same bytes: one byte for the kind, then nothing (missing, null, true, false), the value's digits with a
 * length (numbers, 1.0 as 1), the characters with their count (text), or the count and the parts (arrays, and objects
 * sorted by name). The bytes of a kind, and their order, are part of what state holds: they never change.
 */
/**
 * Makes a short text of values, so that a key or an observation takes the same few bytes whatever an event carries: 128
 * bits of their SHA-256. Values are the same when they are the same JSON: numbers by value, objects whatever the order
 * of their members. Not safe for use by several threads.
 */
final class Fingerprint {

    private final MessageDigest digest = Sha256.begin();

    Fingerprint add(String text) {
        kind('s').count(text.length());
        ByteBuffer bytes = ByteBuffer.allocate(2 * text.length());
        bytes.asCharBuffer().put(text);
        digest.update(bytes);
        return this;
    }

    Fingerprint add(Iterable<JsonNode> values) {
        values.forEach(this::add);
        return this;
    }

    private void add(JsonNode value) {
        switch (value.getNodeType()) {
            case STRING -> add(value.textValue());
            case NUMBER -> kind('n').add(digits(value.decimalValue()));
            case BOOLEAN -> kind(value.booleanValue() ? 't' : 'f');
            case NULL -> kind('z');
            case MISSING -> kind('m');
            case ARRAY -> kind('a').count(value.size()).add((Iterable<JsonNode>) value);
            case OBJECT -> {
                Map<String, JsonNode> sorted = new TreeMap<>();
                value.properties().forEach(member -> sorted.put(member.getKey(), member.getValue()));
                kind('o').count(sorted.size());
                sorted.forEach((name, member) -> {
                    add(name);
                    add(member);
                });
            }
            case BINARY, POJO -> throw new IllegalArgumentException("JSON has no " + value.getNodeType());
        }
    }

    /** The exponent is never expanded: 1e999999999 is a few characters here too. */
    private static String digits(BigDecimal number) {
        return number.stripTrailingZeros().toString();
    }

    private Fingerprint kind(char kind) {
        digest.update((byte) kind);
        return this;
    }

    private Fingerprint count(int count) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, count));
        return this;
    }

    /** Returns the text, and is as new. */
    String text() {
        return Sha256.id(digest.digest());
    }

    /** Returns a number from 0 to just under 1, and is as new: the first 53 bits. */
    double share() {
        return (Sha256.number(digest.digest()) >>> 11) * 0x1p-53;
    }
}
