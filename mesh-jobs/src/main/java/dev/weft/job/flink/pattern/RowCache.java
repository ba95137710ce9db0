package dev.weft.job.flink.pattern;

import dev.weft.cep.live.KeyRow;
import dev.weft.job.flink.row.RecentRows;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The rows of keys that were used of late, and which of them have something to do when. Not safe for use by several
 * threads.
 */
final class RowCache {

    private final RecentRows<String, Slot> recent;
    private final DueRows due = new DueRows();

    /** @param capacity in bytes, about */
    RowCache(long capacity) {
        recent = new RecentRows<>(capacity);
    }

    /** A row that is in memory. */
    static final class Slot extends RecentRows.Slot<String> {
        final KeyRow row;

        /** Where it stands among the {@link DueRows} that were touched; negative if it does not. */
        int touchedAt = -1;

        /** Where it stands in the heap of the {@link DueRows}; negative if it does not. */
        int heapAt = -1;

        /** When it is looked at again by the {@link DueRows}, if it stands in their heap. */
        long expected;

        Slot(String key, KeyRow row, long timer, boolean isStored) {
            super(key, timer, isStored);
            this.row = row;
        }

        @Override
        protected long weight() {
            return row.weight();
        }
    }

    /** Returns the row of the key, used now; null if it is not in memory. */
    @Nullable
    Slot get(String key) {
        return recent.get(key);
    }

    /** Takes in a row. */
    void put(Slot slot) {
        recent.put(slot);
        due.touch(slot);
    }

    /** Notes that a row has changed: what it weighs, and when it has something to do. */
    void touch(Slot slot) {
        recent.weigh(slot);
        due.touch(slot);
    }

    /** Takes out a row. */
    void remove(Slot slot) {
        recent.remove(slot);
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
        return recent.isFull();
    }

    /** Has the longest unused rows leave until there is room. */
    void makeRoom(Consumer<Slot> leaving) {
        recent.makeRoom(slot -> {
            leaving.accept(slot);
            due.remove(slot);
        });
    }

    /** Gives every row. */
    void forEach(Consumer<Slot> taker) {
        recent.forEach(taker);
    }

    int size() {
        return recent.size();
    }

    long weight() {
        return recent.weight();
    }
}
