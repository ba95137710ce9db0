package dev.weft.filter;

import java.util.Collection;
import java.util.Map;

/**
 * Adds up how many bytes objects take on the heap, by the layout of a 64-bit HotSpot with compressed references:
 * arithmetic and no measurement, so the same rules always have the same footprint. What is shared is counted where it
 * is owned.
 */
final class Footprint {

    private static final int HEADER = 12;
    private static final int ARRAY_HEADER = 16;
    private static final int REFERENCE = 4;
    private static final int ALIGNMENT = 8;
    private static final int MAP_ENTRY_FIELDS = 16;
    private static final int MAP_FIELDS = 36;

    private long bytes;

    long bytes() {
        return bytes;
    }

    /** Adds an object with fields of so many bytes: 4 for a reference or an int. */
    Footprint object(int fieldBytes) {
        return add(HEADER + (long) fieldBytes);
    }

    Footprint references(int count) {
        return array(count, REFERENCE);
    }

    Footprint ints(int count) {
        return array(count, Integer.BYTES);
    }

    /** Adds an immutable list of the JDK, without what it holds. */
    Footprint list(Collection<?> list) {
        return object(2 * REFERENCE).references(list.size());
    }

    Footprint text(String text) {
        boolean wide = text.chars().anyMatch(c -> c > 0xFF);
        return object(2 * REFERENCE + 2).array(text.length(), wide ? Character.BYTES : 1);
    }

    /** Adds a hash map, without its keys and values. */
    Footprint map(Map<?, ?> map) {
        object(MAP_FIELDS);
        if (!map.isEmpty()) {
            references(Integer.highestOneBit(map.size()) * 2);
        }
        bytes += (long) map.size() * aligned(HEADER + MAP_ENTRY_FIELDS);
        return this;
    }

    private Footprint array(int count, int width) {
        return add(ARRAY_HEADER + (long) count * width);
    }

    private Footprint add(long size) {
        bytes += aligned(size);
        return this;
    }

    private static long aligned(long size) {
        return (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }
}
