package dev.weft.function;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The values of one address, and when they are to be forgotten. Not safe for use by several threads. */
public final class AddressRow {

    /** Returns the value of that name, or null where there is none or its time is over. */
    public @Nullable TypedValue get(String name, long now) {
        throw new UnsupportedOperationException();
    }

    /** Keeps a value. */
    public void put(ValueDeclaration declaration, TypedValue value, long now) {
        throw new UnsupportedOperationException();
    }

    /** Forgets a value. */
    public void remove(String name) {
        throw new UnsupportedOperationException();
    }

    /** Notes that the function was called. Returns whether that makes the row another. */
    public boolean touch(long now) {
        throw new UnsupportedOperationException();
    }

    /** Forgets the values whose time is over. Returns whether there were any. */
    public boolean expire(long now) {
        throw new UnsupportedOperationException();
    }

    /** Returns when the next value is to be forgotten, milliseconds since 1970; the last of all times if none is. */
    public long due() {
        throw new UnsupportedOperationException();
    }

    public boolean isEmpty() {
        throw new UnsupportedOperationException();
    }

    /** Returns about how many bytes of memory the row takes. */
    public long weight() {
        throw new UnsupportedOperationException();
    }

    /** Writes the row, with the version of the form. */
    public void write(DataOutput out) throws IOException {
        throw new UnsupportedOperationException();
    }

    /** Reads a row of whatever version. Throws {@link IOException} where the bytes are none. */
    public static AddressRow read(DataInput in) throws IOException {
        throw new UnsupportedOperationException();
    }
}
