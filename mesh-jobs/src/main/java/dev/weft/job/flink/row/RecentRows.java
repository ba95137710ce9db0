package dev.weft.job.flink.row;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The rows that were used of late. They leave, the longest unused first, when they take more memory than they may
 * together. Not safe for use by several threads.
 *
 * @param <K> what tells rows apart
 */
public final class RecentRows<K, S extends RecentRows.Slot<K>> {

    private final Map<K, S> slots = new LinkedHashMap<>(16, 0.75f, true);
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
        return slots.get(key);
    }

    /** Takes in a row. */
    public void put(S slot) {
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

    /** Has the longest unused rows leave until there is room. */
    public void makeRoom(Consumer<S> leaving) {
        Iterator<S> eldest = slots.values().iterator();
        while (isFull() && eldest.hasNext()) {
            S slot = eldest.next();
            leaving.accept(slot);
            eldest.remove();
            Slot<K> weighed = slot;
            weight -= weighed.weighed;
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
