package dev.weft.job.flink.row;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The rows that were used of late. When they take more memory than they may together, those leave that nobody asked for
 * since rows had to leave before, the oldest first; the one that came in last stays. Not safe for use by several
 * threads.
 *
 * @param <K> what tells rows apart
 */
public final class RecentRows<K, S extends RecentRows.Slot<K>> {

    /*
     * A list in the order of use would be exact, and costs more than all else: to move a row in it touches its
     * neighbours, which are anywhere in memory. A mark in the row itself is there anyway.
     */

    private final Map<K, S> slots = new LinkedHashMap<>();
    private final long capacity;
    private long weight;

    /**
     * Makes one without rows.
     *
     * @param capacity in bytes, about
     */
    public RecentRows(long capacity) {
        this.capacity = capacity;
    }

    /** A row that is in memory. */
    public abstract static class Slot<K> {

        public final K key;

        /** Whether it is another than in the state. */
        public boolean isDirty;

        /** Whether there is a row in the state. */
        public boolean isStored;

        /** When the first timer goes off that is set for it; the last of all times if there is none. */
        public long timer;

        /** Whether it was asked for since somebody last looked for a row that could leave. */
        private boolean isUsed;

        private long weighed;

        protected Slot(K key, long timer, boolean isStored) {
            this.key = key;
            this.timer = timer;
            this.isStored = isStored;
        }

        /** Returns how many bytes of memory the row takes, about. */
        protected abstract long weight();
    }

    /** Returns the row of the key, used now; null if it is not in memory. */
    public @Nullable S get(K key) {
        S slot = slots.get(key);
        if (slot != null) {
            Slot<K> used = slot;
            used.isUsed = true;
        }
        return slot;
    }

    /** Takes in a row. */
    public void put(S slot) {
        Slot<K> used = slot;
        used.isUsed = true;
        slots.put(slot.key, slot);
        weigh(slot);
    }

    /** Notes that a row may weigh another than before. */
    public void weigh(S slot) {
        Slot<K> weighable = slot;
        long now = slot.weight();
        weight += now - weighable.weighed;
        weighable.weighed = now;
    }

    /** Takes out a row. */
    public void remove(S slot) {
        slots.remove(slot.key);
        Slot<K> weighed = slot;
        weight -= weighed.weighed;
    }

    /** Returns whether rows take more memory than they may. */
    public boolean isFull() {
        return weight > capacity && slots.size() > 1;
    }

    /** Has rows leave that were not used of late, until there is room. */
    public void makeRoom(Consumer<S> leaving) {
        List<S> staying = new ArrayList<>();
        while (isFull()) {
            Iterator<S> eldest = slots.values().iterator();
            while (isFull() && eldest.hasNext()) {
                S slot = eldest.next();
                Slot<K> seen = slot;
                eldest.remove();
                if (seen.isUsed) {
                    seen.isUsed = false;
                    staying.add(slot);
                } else {
                    leaving.accept(slot);
                    weight -= seen.weighed;
                }
            }
            staying.forEach(slot -> slots.put(slot.key, slot));
            staying.clear();
        }
    }

    /** Gives every row. */
    public void forEach(Consumer<S> taker) {
        slots.values().forEach(taker);
    }

    /** Returns how many rows there are. */
    public int size() {
        return slots.size();
    }

    /** Returns how many bytes they take, about. */
    public long weight() {
        return weight;
    }
}
