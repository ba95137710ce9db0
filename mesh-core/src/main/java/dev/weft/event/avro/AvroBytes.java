package dev.weft.event.avro;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The primitive values of Avro's binary encoding, one after the other. A length is believed only if so many bytes are
 * left, so that nothing is allocated for bytes that are not there.
 */
final class AvroBytes {

    private static final int MOST_VARINT_BYTES = 10;

    private final byte[] bytes;
    private int at;

    AvroBytes(byte[] bytes) {
        this.bytes = bytes;
    }

    int at() {
        return at;
    }

    boolean isEnd() {
        return at == bytes.length;
    }

    DamageException damage(String what) {
        return new DamageException(what, at);
    }

    boolean readBoolean() throws DamageException {
        byte b = bytes[skip(1, "a boolean")];
        if (b != 0 && b != 1) {
            throw damage("a boolean is 0 or 1, not " + b);
        }
        return b == 1;
    }

    int readInt() throws DamageException {
        long value = readLong();
        if (value != (int) value) {
            throw damage("an int is beyond 32 bits");
        }
        return (int) value;
    }

    /** Zigzag, seven bits to a byte, the lowest first. */
    long readLong() throws DamageException {
        long value = 0;
        for (int i = 0; i < MOST_VARINT_BYTES; i++) {
            byte b = bytes[skip(1, "a number")];
            value |= (b & 0x7FL) << 7 * i;
            if (b >= 0) {
                if (i == MOST_VARINT_BYTES - 1 && b > 1) {
                    break;
                }
                return value >>> 1 ^ -(value & 1);
            }
        }
        throw damage("a number is beyond 64 bits");
    }

    float readFloat() throws DamageException {
        int from = skip(Float.BYTES, "a float");
        return Float.intBitsToFloat((int) littleEndian(from, Float.BYTES));
    }

    double readDouble() throws DamageException {
        int from = skip(Double.BYTES, "a double");
        return Double.longBitsToDouble(littleEndian(from, Double.BYTES));
    }

    private long littleEndian(int from, int length) {
        long value = 0;
        for (int i = length - 1; i >= 0; i--) {
            value = value << 8 | bytes[from + i] & 0xFF;
        }
        return value;
    }

    /** Reads the length of bytes or text and returns it; so many bytes are left. */
    int readLength() throws DamageException {
        long length = readLong();
        if (length < 0 || length > bytes.length - at) {
            throw damage("a length of " + length + " where " + (bytes.length - at) + " bytes are left");
        }
        return (int) length;
    }

    /** Reads the number of items in the next block of an array or map; 0 ends it. */
    long readCount() throws DamageException {
        long count = readLong();
        if (count >= 0) {
            return count;
        }
        readLength();
        if (count == Long.MIN_VALUE) {
            throw damage("a block of more items than can be counted");
        }
        return -count;
    }

    String readText() throws DamageException {
        int length = readLength();
        int from = at;
        checkText(length);
        return new String(bytes, from, length, StandardCharsets.UTF_8);
    }

    /** Steps over so many bytes, which must be UTF-8. */
    private void checkText(int length) throws DamageException {
        int end = at + length;
        int ascii = at;
        while (ascii < end && bytes[ascii] >= 0) {
            ascii++;
        }
        if (ascii < end) {
            try {
                StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, ascii, end - ascii));
            } catch (CharacterCodingException e) {
                throw new DamageException("text that is not UTF-8", ascii);
            }
        }
        at = end;
    }

    /** Steps over a text, and returns none. */
    String skipText() throws DamageException {
        checkText(readLength());
        return "";
    }

    byte[] readBytes(int length) throws DamageException {
        int from = skip(length, "bytes");
        return Arrays.copyOfRange(bytes, from, from + length);
    }

    /** Reads so many bytes as a whole number, two's complement, the highest first. */
    BigInteger readWhole(int length) throws DamageException {
        return new BigInteger(bytes, skip(length, "a decimal"), length);
    }

    /** Steps over so many bytes and returns where they begin. */
    int skip(int length, String what) throws DamageException {
        if (length > bytes.length - at) {
            throw damage("it ends within " + what);
        }
        int from = at;
        at += length;
        return from;
    }
}
