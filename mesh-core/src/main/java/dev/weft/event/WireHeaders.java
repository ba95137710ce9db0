package dev.weft.event;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The headers of a record as they came: in order, a name possibly more than once, a value possibly null. Immutable; the
 * arrays are not copied, so nobody may write to them.
 */
public final class WireHeaders {

    /** No headers. */
    public static final WireHeaders NONE = new WireHeaders(new String[0], new byte[0][]);

    private final String[] names;
    private final byte[] @Nullable [] values;

    /** Takes both arrays as they are, one value for each name. */
    public WireHeaders(String[] names, byte[] @Nullable [] values) {
        if (names.length != values.length) {
            throw new IllegalArgumentException(names.length + " names for " + values.length + " values");
        }
        this.names = names;
        this.values = values;
    }

    public int size() {
        return names.length;
    }

    public String name(int index) {
        return names[index];
    }

    public byte @Nullable [] value(int index) {
        return values[index];
    }

    /** Returns where the first header of that name is, or -1. */
    public int indexOf(String name) {
        for (int i = 0; i < names.length; i++) {
            if (names[i].equals(name)) {
                return i;
            }
        }
        return -1;
    }

    /** Starts a copy to which headers can be added, and from which they can be left out. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        for (int i = 0; i < names.length; i++) {
            builder.add(names[i], values[i]);
        }
        return builder;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof WireHeaders that
                && Arrays.equals(names, that.names)
                && Arrays.deepEquals(values, that.values);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(names) + Arrays.deepHashCode(values);
    }

    @Override
    public String toString() {
        return Arrays.toString(names);
    }

    /** Headers being put together. */
    public static final class Builder {
        private final List<String> names = new ArrayList<>();
        private final List<byte @Nullable []> values = new ArrayList<>();

        /** Appends a header. */
        public Builder add(String name, byte @Nullable [] value) {
            names.add(Objects.requireNonNull(name));
            values.add(value);
            return this;
        }

        /** Replaces every header of that name by one at the end. */
        public Builder set(String name, byte @Nullable [] value) {
            return remove(name).add(name, value);
        }

        /** Leaves out every header of that name. */
        public Builder remove(String name) {
            for (int i = names.size() - 1; i >= 0; i--) {
                if (names.get(i).equals(name)) {
                    names.remove(i);
                    values.remove(i);
                }
            }
            return this;
        }

        public WireHeaders build() {
            return new WireHeaders(names.toArray(new String[0]), values.toArray(new byte[0][]));
        }
    }
}
