package dev.weft.function;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a call is given of a row, by name. A function keeps few values, and whoever asks for one mostly has the very
 * name that was declared: a walk through them finds it faster than a hash does.
 */
final class KeptValues extends AbstractMap<String, @Nullable TypedValue> {

    private final String[] names;
    private final @Nullable TypedValue[] values;

    /** Makes one of as many names as values; nobody may write to either. */
    KeptValues(String[] names, @Nullable TypedValue[] values) {
        this.names = names;
        this.values = values;
    }

    @Override
    public @Nullable TypedValue get(@Nullable Object name) {
        int place = place(name);
        return place < 0 ? null : values[place];
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return place(name) >= 0;
    }

    private int place(@Nullable Object name) {
        for (int i = 0; i < names.length; i++) {
            if (names[i].equals(name)) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public int size() {
        return names.length;
    }

    @Override
    public Set<Map.Entry<String, @Nullable TypedValue>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public int size() {
                return names.length;
            }

            @Override
            public Iterator<Map.Entry<String, @Nullable TypedValue>> iterator() {
                return new Entries();
            }
        };
    }

    private final class Entries implements Iterator<Map.Entry<String, @Nullable TypedValue>> {

        private int next;

        @Override
        public boolean hasNext() {
            return next < names.length;
        }

        @Override
        public Map.Entry<String, @Nullable TypedValue> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            int place = next++;
            return new SimpleImmutableEntry<>(names[place], values[place]);
        }
    }
}
