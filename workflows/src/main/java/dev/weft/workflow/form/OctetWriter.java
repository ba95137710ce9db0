package dev.weft.workflow.form;

import dev.weft.workflow.WorkflowError;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes numbers, texts and bytes, of which an {@link OctetReader} reads them. How the length of a text is written is
 * for each form to say.
 *
 * @param <W> the writer itself
 */
public abstract class OctetWriter<W extends OctetWriter<W>> {

    private byte[] bytes;
    private int size;

    /**
     * Makes one that has written nothing.
     *
     * @param expected about how many bytes there will be
     */
    protected OctetWriter(int expected) {
        bytes = new byte[Math.max(expected, 16)];
    }

    protected abstract W self();

    /** Writes how many characters or bytes follow. */
    protected abstract W length(int length);

    /** Writes a number from 0 to 255. */
    public final W octet(int value) {
        room(1);
        bytes[size++] = (byte) value;
        return self();
    }

    public final W flag(boolean value) {
        return octet(value ? 1 : 0);
    }

    /** Writes a number: a byte for each seven bits. Best if it is not negative. */
    public final W number(long value) {
        room(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[size++] = (byte) (rest & 0x7F | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
        return self();
    }

    /** Writes a number that may be negative; those near 0 take few bytes. */
    public final W signed(long value) {
        return number((value << 1) ^ (value >> 63));
    }

    /** Writes a number in eight bytes. */
    public final W fixed(long value) {
        room(8);
        for (int shift = 56; shift >= 0; shift -= 8) {
            bytes[size++] = (byte) (value >>> shift);
        }
        return self();
    }

    public final W text(String value) {
        return bytes(value.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes a text, or that there is none. */
    public final W textOrNone(@Nullable String value) {
        flag(value != null);
        return value == null ? self() : text(value);
    }

    public final W bytes(byte[] value) {
        length(value.length);
        return raw(value);
    }

    /** Writes bytes without their number. */
    public final W raw(byte[] value) {
        room(value.length);
        System.arraycopy(value, 0, bytes, size, value.length);
        size += value.length;
        return self();
    }

    /** Writes an error, or that there is none. */
    public final W error(@Nullable WorkflowError error) {
        flag(error != null);
        if (error != null) {
            text(error.type())
                    .signed(error.status())
                    .text(error.instance())
                    .textOrNone(error.title())
                    .textOrNone(error.detail());
        }
        return self();
    }

    /** Returns what was written. */
    public final byte[] done() {
        return Arrays.copyOf(bytes, size);
    }

    /** Returns whether a text takes one byte for each of its characters. */
    protected static boolean isPlain(String text, int length) {
        for (int i = 0; i < length; i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    /** Writes such a text without its length. */
    protected final W plain(String text, int length) {
        room(length);
        for (int i = 0; i < length; i++) {
            bytes[size + i] = (byte) text.charAt(i);
        }
        size += length;
        return self();
    }

    private void room(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }
}
