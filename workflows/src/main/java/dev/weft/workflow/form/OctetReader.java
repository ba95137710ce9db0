package dev.weft.workflow.form;

import dev.weft.workflow.WorkflowError;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads what an {@link OctetWriter} wrote. Never takes more memory than a small multiple of the bytes at hand, however
 * damaged they are.
 *
 * @param <E> what is thrown of bytes that are not what they should be
 */
public abstract class OctetReader<E extends Exception> {

    protected final byte[] bytes;

    /** Where the next octet is. */
    protected int at;

    protected OctetReader(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Reads what the writer wrote as a length, whatever it is. */
    protected abstract long length() throws E;

    /** Returns what is to be thrown. */
    public abstract E unreadable(String found);

    public final int octet() throws E {
        if (at >= bytes.length) {
            throw atEnd();
        }
        return bytes[at++] & 0xFF;
    }

    /** Reads an octet that is less than that. */
    public final int octetBelow(int limit) throws E {
        int value = octet();
        if (value >= limit) {
            throw unreadable(value + ", expected less than " + limit + ", at byte " + (at - 1));
        }
        return value;
    }

    public final boolean flag() throws E {
        return octetBelow(2) == 1;
    }

    public final long number() throws E {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int next = octet();
            value |= (long) (next & 0x7F) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw unreadable("a number of more than 64 bits, at byte " + at);
    }

    public final long signed() throws E {
        long value = number();
        return (value >>> 1) ^ -(value & 1);
    }

    /** Reads a number of eight bytes. */
    public final long fixed() throws E {
        need(8);
        long value = 0;
        for (int i = 0; i < 8; i++) {
            value = (value << 8) | (bytes[at++] & 0xFF);
        }
        return value;
    }

    /** Reads a number from 0 to that. */
    public final int upTo(int most) throws E {
        return within(number(), most);
    }

    /** Reads how many things follow, of which each takes a byte at least. */
    public final int size() throws E {
        return within(length(), bytes.length - at);
    }

    private int within(long number, int most) throws E {
        if (number < 0 || number > most) {
            throw unreadable(number + ", expected at most " + most + ", at byte " + at);
        }
        return (int) number;
    }

    public final String text() throws E {
        return text(size());
    }

    protected final String text(int length) throws E {
        need(length);
        String text = new String(bytes, at, length, StandardCharsets.UTF_8);
        at += length;
        return text;
    }

    public final @Nullable String textOrNone() throws E {
        return flag() ? text() : null;
    }

    public final byte[] bytes() throws E {
        return raw(size());
    }

    /** Reads so many bytes. */
    public final byte[] raw(int length) throws E {
        need(length);
        at += length;
        return Arrays.copyOfRange(bytes, at - length, at);
    }

    /** Reads all bytes that are left. */
    public final byte[] rest() {
        byte[] rest = Arrays.copyOfRange(bytes, at, bytes.length);
        at = bytes.length;
        return rest;
    }

    public final @Nullable WorkflowError error() throws E {
        return flag() ? new WorkflowError(text(), (int) signed(), text(), textOrNone(), textOrNone()) : null;
    }

    public final boolean isAtEnd() {
        return at == bytes.length;
    }

    /** Makes sure that nothing is left. */
    public final void end() throws E {
        if (!isAtEnd()) {
            throw unreadable((bytes.length - at) + " bytes more than expected");
        }
    }

    protected final void need(int more) throws E {
        if (bytes.length - at < more) {
            throw atEnd();
        }
    }

    private E atEnd() {
        return unreadable("the end after " + bytes.length + " bytes, expected more");
    }
}
