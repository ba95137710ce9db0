package dev.weft.event;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;

/**
 * Names as they stand in JSON, which a scan finds by their bytes and without making strings: a few by looking at each,
 * many by their hash. Immutable.
 */
final class FieldNames {

    private static final int FEW = 8;

    private final byte[][] names;

    /** Numbers of names, each at the place that its hash names or the next free one behind; -1 where none is. */
    private final int[] slots;

    private FieldNames(byte[][] names) {
        this.names = names;
        this.slots = new int[names.length <= FEW ? 0 : Integer.highestOneBit(names.length) * 4];
        Arrays.fill(slots, -1);
        for (int i = 0; i < names.length && slots.length > 0; i++) {
            int slot = hash(names[i], 0, names[i].length) & slots.length - 1;
            while (slots[slot] >= 0) {
                slot = slot + 1 & slots.length - 1;
            }
            slots[slot] = i;
        }
    }

    /** Returns these names; a name's number is its place. */
    static FieldNames of(Collection<String> names) {
        return new FieldNames(names.stream()
                .map(name -> name.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new));
    }

    /** Returns the number of the name that stands in the JSON between two places, or -1 if it is none of them. */
    int find(byte[] json, int from, int to) {
        if (slots.length == 0) {
            for (int i = 0; i < names.length; i++) {
                if (isAt(names[i], json, from, to)) {
                    return i;
                }
            }
            return -1;
        }
        int slot = hash(json, from, to) & slots.length - 1;
        while (slots[slot] >= 0 && !isAt(names[slots[slot]], json, from, to)) {
            slot = slot + 1 & slots.length - 1;
        }
        return slots[slot];
    }

    private static boolean isAt(byte[] name, byte[] json, int from, int to) {
        return name.length == to - from && Arrays.equals(name, 0, name.length, json, from, to);
    }

    private static int hash(byte[] bytes, int from, int to) {
        int hash = to - from;
        for (int i = from; i < to; i++) {
            hash = hash * 31 + bytes[i];
        }
        return (hash ^ hash >>> 16) * 0x9E3779B9 >>> 7;
    }
}
