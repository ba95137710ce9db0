package dev.weft.job.flink.pattern;

import dev.weft.cep.live.KeyRow;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The rows of keys that were used of late, and which of them have something to do when. Rows leave it, the longest
 * unused first, when they take more memory than they may together. Not safe for use by several threads.
 */
final class RowCache {

    private final Map<String, Slot> slots = new LinkedHashMap<>(16, 0.75f, true);
    private final DueRows due = new DueRows();
    private final long capacity;
    private long weight;

    /** @param capacity in bytes, about */
    RowCache(long capacity) {
        this.capacity = capacity;
    }

    /** A row that is in memory. */
    static final class Slot {
        final String key;
        final KeyRow row;

        /** Whether it is another than in the state. */
        boolean isDirty;

        /** Whether there is a row in the state. */
        boolean isStored;

        /** When the timer in the state goes off that is the first to do so; the last of all times if there is none. */
        long timer;

        /** Where it stands among the {@link DueRows} that were touched; negative if it does not. */
        int touchedAt = -1;

        /** Where it stands in the heap of the {@link DueRows}; negative if it does not. */
        int heapAt = -1;

        /** When it is looked at again by the {@link DueRows}, if it stands in their heap. */
        long expected;

        private long weight;

        Slot(String key, KeyRow row, long timer, boolean isStored) {
            this.key = key;
            this.row = row;
            this.timer = timer;
            this.isStored = isStored;
        }
    }

    /** Returns the row of the key, used now; null if it is not in memory. */
    @Nullable
    Slot get(String key) {
        return slots.get(key);
    }

    /** Takes in a row. */
    void put(Slot slot) {
        slots.put(slot.key, slot);
        touch(slot);
    }

    /** Notes that a row has changed: what it weighs, and when it has something to do. */
    void touch(Slot slot) {
        long now = slot.row.weight();
        weight += now - slot.weight;
        slot.weight = now;
        due.touch(slot);
    }

    /** Takes out a row. */
    void remove(Slot slot) {
        slots.remove(slot.key);
        weight -= slot.weight;
        due.remove(slot);
    }

    /**
     * Returns a row that has something to do at that watermark, before which the next is not asked for; null if none.
     */
    @Nullable
    Slot nextDue(long watermark) {
        return due.next(watermark);
    }

    /** Returns whether rows take more memory than they may. */
    boolean isFull() {
        return weight > capacity && slots.size() > 1;
    }

    /** Has the longest unused rows leave until there is room. */
    void makeRoom(Consumer<Slot> leaving) {
        Iterator<Slot> eldest = slots.values().iterator();
        while (isFull() && eldest.hasNext()) {
            Slot slot = eldest.next();
            leaving.accept(slot);
            eldest.remove();
            weight -= slot.weight;
            due.remove(slot);
        }
    }

    /** Gives every row. */
    void forEach(Consumer<Slot> taker) {
        slots.values().forEach(taker);
    }

    int size() {
        return slots.size();
    }

    long weight() {
        return weight;
    }
}
