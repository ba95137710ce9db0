package dev.weft.function;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * How the forms of this package write numbers, texts and bytes. A number takes a byte for each seven bits. A text takes
 * a byte for each character where that is enough, else two; so any text is read as it was written, and fast.
 */
final class Packed {

    /** Longer things are read bit by bit, so that a damaged length takes no memory that is not backed by bytes. */
    private static final int TRUSTED_LENGTH = 1 << 20;

    private static final int NAMES = 512;
    private static final int LONGEST_NAME = 200;

    /**
     * Names that were read of late, as few names are in many messages. Threads may lose what others put here, and see
     * nothing but whole entries, as these are final inside.
     */
    private static final Name[] READ_OF_LATE = new Name[NAMES];

    private static final byte[] NONE = {};

    private Packed() {}

    /** Writes a number that is not negative. */
    static void writeSize(DataOutput out, long size) throws IOException {
        long rest = size;
        while (rest > 0x7F) {
            out.writeByte((int) rest & 0x7F | 0x80);
            rest >>>= 7;
        }
        out.writeByte((int) rest);
    }

    /** Reads such a number. */
    static long readSize(DataInput in) throws IOException {
        long size = 0;
        for (int shift = 0; shift < 63; shift += 7) {
            byte next = in.readByte();
            size |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return size;
            }
        }
        throw new IOException("found a number of more than 63 bits, expected a size");
    }

    static void writeBytes(DataOutput out, byte[] bytes) throws IOException {
        writeSize(out, bytes.length);
        out.write(bytes);
    }

    static byte[] readBytes(DataInput in) throws IOException {
        return readBytes(in, readSize(in));
    }

    private static byte[] readBytes(DataInput in, long length) throws IOException {
        if (length == 0) {
            return NONE;
        }
        if (length > Integer.MAX_VALUE - 8) {
            throw new IOException("found a length of " + length + ", expected less than 2 GiB");
        }
        byte[] bytes = new byte[(int) Math.min(length, TRUSTED_LENGTH)];
        in.readFully(bytes);
        while (bytes.length < length) {
            int had = bytes.length;
            bytes = Arrays.copyOf(bytes, (int) Math.min(length, 2L * had));
            in.readFully(bytes, had, bytes.length - had);
        }
        return bytes;
    }

    static void writeText(DataOutput out, String text) throws IOException {
        if (isNarrow(text)) {
            writeSize(out, 2L * text.length());
            out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        } else {
            writeSize(out, 2L * text.length() + 1);
            out.writeChars(text);
        }
    }

    private static boolean isNarrow(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) > 0xFF) {
                return false;
            }
        }
        return true;
    }

    static String readText(DataInput in) throws IOException {
        long size = readSize(in);
        return (size & 1) == 0 ? narrow(readBytes(in, size >> 1)) : wide(readBytes(in, size - 1));
    }

    /** Reads a text that many others are equal to, and gives the same object for them as far as it can. */
    static String readName(DataInput in) throws IOException {
        long size = readSize(in);
        if ((size & 1) != 0 || size > 2 * LONGEST_NAME) {
            return (size & 1) == 0 ? narrow(readBytes(in, size >> 1)) : wide(readBytes(in, size - 1));
        }
        byte[] bytes = readBytes(in, size >> 1);
        int slot = Arrays.hashCode(bytes) & NAMES - 1;
        Name known = READ_OF_LATE[slot];
        if (known == null || !Arrays.equals(known.bytes, bytes)) {
            known = new Name(bytes, narrow(bytes));
            READ_OF_LATE[slot] = known;
        }
        return known.text;
    }

    private static String narrow(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static String wide(byte[] bytes) {
        char[] chars = new char[bytes.length / 2];
        for (int i = 0; i < chars.length; i++) {
            chars[i] = (char) (bytes[2 * i] << 8 | bytes[2 * i + 1] & 0xFF);
        }
        return new String(chars);
    }

    static void writeValue(DataOutput out, TypedValue value) throws IOException {
        writeText(out, value.typename());
        writeBytes(out, value.bytes());
    }

    static TypedValue readValue(DataInput in) throws IOException {
        return new TypedValue(readName(in), readBytes(in));
    }

    static void writeType(DataOutput out, FunctionType type) throws IOException {
        writeText(out, type.namespace());
        writeText(out, type.name());
    }

    static FunctionType readType(DataInput in) throws IOException {
        return FunctionType.of(readName(in), readName(in));
    }

    private static final class Name {
        final byte[] bytes;
        final String text;

        Name(byte[] bytes, String text) {
            this.bytes = bytes;
            this.text = text;
        }
    }
}
