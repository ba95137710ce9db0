package dev.weft.event;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A record's key, headers and value, byte for byte as they came or are to be written. Immutable; the arrays are not
 * copied, so nobody may write to them.
 */
public final class WireRecord {

    private final byte @Nullable [] key;
    private final WireHeaders headers;
    private final byte @Nullable [] value;

    public WireRecord(byte @Nullable [] key, WireHeaders headers, byte @Nullable [] value) {
        this.key = key;
        this.headers = headers;
        this.value = value;
    }

    public byte @Nullable [] key() {
        return key;
    }

    public WireHeaders headers() {
        return headers;
    }

    /** Returns the value, or null for a tombstone. */
    public byte @Nullable [] value() {
        return value;
    }

    /** Returns how many bytes the key, the headers and the value have together; a name's characters count as bytes. */
    public long size() {
        long size = length(key) + length(value);
        for (int i = 0; i < headers.size(); i++) {
            size += headers.name(i).length() + length(headers.value(i));
        }
        return size;
    }

    private static long length(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof WireRecord that
                && Arrays.equals(key, that.key)
                && headers.equals(that.headers)
                && Arrays.equals(value, that.value);
    }

    @Override
    public int hashCode() {
        return Objects.hash(Arrays.hashCode(key), headers, Arrays.hashCode(value));
    }
}
