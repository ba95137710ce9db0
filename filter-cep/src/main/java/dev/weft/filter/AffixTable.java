package dev.weft.filter;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;

/**
 * Finds those of many keys that a text starts with, ends with, or holds anywhere, in a time that depends on how many
 * lengths the keys have and not on how many keys there are.
 */
final class AffixTable {

    /*
     * The text is hashed character by character from the end at which the keys are looked for; wherever as many
     * characters are in the hash as some key has, the hash is looked up. No substring is made.
     */

    /** Where in a text the keys are looked for. */
    enum Place {
        START,
        END,
        ANYWHERE
    }

    private final Place place;
    private final int[] lengths;
    private final String[] keys;
    private final Gate[] gates;

    private AffixTable(Place place, int[] lengths, String[] keys, Gate[] gates) {
        this.place = place;
        this.lengths = lengths;
        this.keys = keys;
        this.gates = gates;
    }

    void open(String text, SegmentWalk walk) {
        if (place != Place.ANYWHERE) {
            openAt(0, text, walk);
            return;
        }
        for (int at = 0; at < text.length(); at++) {
            openAt(at, text, walk);
        }
    }

    private void openAt(int at, String text, SegmentWalk walk) {
        int hash = 0;
        int hashed = 0;
        int last = text.length() - 1;
        for (int length : lengths) {
            if (at + length > text.length()) {
                return;
            }
            for (; hashed < length; hashed++) {
                hash = hash * 31 + text.charAt(place == Place.END ? last - hashed : at + hashed);
            }
            int slot = find(hash, length, place == Place.END ? text.length() - length : at, text);
            if (slot >= 0) {
                walk.pass(gates[slot]);
            }
        }
    }

    private int find(int hash, int length, int at, String text) {
        int mask = keys.length - 1;
        for (int slot = spread(hash) & mask; ; slot = slot + 1 & mask) {
            String key = keys[slot];
            if (key.isEmpty()) {
                return -1;
            }
            if (key.length() == length && text.startsWith(key, at)) {
                return slot;
            }
        }
    }

    private static int spread(int hash) {
        int product = hash * 0x9E3779B9;
        return product ^ product >>> 15;
    }

    void addTo(Footprint footprint) {
        footprint.object(16).ints(lengths.length).references(keys.length).references(gates.length);
        Gate.addTo(footprint, gates);
    }

    /** A table while it is being filled. */
    static final class Draft {
        private final Place place;
        private final Map<String, Gate.Draft> byKey = new LinkedHashMap<>();

        Draft(Place place) {
            this.place = place;
        }

        /** @param key not empty */
        void add(String key, Branch branch, boolean isSure) {
            byKey.computeIfAbsent(key, text -> new Gate.Draft()).add(branch, isSure);
        }

        List<AffixTable> finish(IntSupplier gateNumbers) {
            if (byKey.isEmpty()) {
                return List.of();
            }
            int size = Integer.highestOneBit(byKey.size()) * 4;
            String[] keys = new String[size];
            Arrays.fill(keys, "");
            Gate[] gates = new Gate[size];
            byKey.forEach((key, draft) -> {
                int slot = spread(hash(key)) & size - 1;
                while (!keys[slot].isEmpty()) {
                    slot = slot + 1 & size - 1;
                }
                keys[slot] = key;
                gates[slot] = draft.finish(gateNumbers.getAsInt());
            });
            int[] lengths = byKey.keySet().stream()
                    .mapToInt(String::length)
                    .distinct()
                    .sorted()
                    .toArray();
            return List.of(new AffixTable(place, lengths, keys, gates));
        }

        private int hash(String key) {
            int hash = 0;
            for (int i = 0; i < key.length(); i++) {
                hash = hash * 31 + key.charAt(place == Place.END ? key.length() - 1 - i : i);
            }
            return hash;
        }
    }
}
