package dev.weft.function;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A value as it travels and is kept: bytes that only functions understand, and the name of their type. Immutable;
 * nobody may write to the bytes.
 */
public final class TypedValue {

    private final String typename;
    private final byte[] bytes;

    public TypedValue(String typename, byte[] bytes) {
        this.typename = typename;
        this.bytes = bytes;
    }

    /** Returns the name of the type, such as {@code io.statefun.types/string}. */
    public String typename() {
        return typename;
    }

    /** Returns the bytes, of which there may be none: that is a value too. */
    public byte[] bytes() {
        return bytes;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TypedValue that && typename.equals(that.typename) && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return 31 * typename.hashCode() + Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return typename + " of " + bytes.length + " bytes";
    }
}
