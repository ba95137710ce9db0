package dev.weft.job.flink.pattern;

import dev.weft.job.flink.pattern.RowCache.Slot;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which rows in memory have something to do when. Not safe for use by several threads. */
final class DueRows {

    /*
     * Most rows that are touched have something to do with the next watermark already: an event waits. So those that
     * were touched are a list, which is gone through with each watermark; only what is left of them then, rows that
     * wait for a deadline, is a heap. A row's place in it may be too early, never too late: where its deadline has
     * become a later one, that is seen when its turn comes.
     *
     * Rows know their places, so that one that leaves the memory is not held here until its time.
     */

    private static final long NEVER = Long.MAX_VALUE;

    /** In the order in which they were touched, from {@link #next} on; null in the place of one that was removed. */
    private final List<@Nullable Slot> touched = new ArrayList<>();

    private int next;
    private final List<Slot> heap = new ArrayList<>();

    /** Notes that a row may have something to do at another time than before. */
    void touch(Slot slot) {
        if (slot.touchedAt < 0) {
            slot.touchedAt = touched.size();
            touched.add(slot);
        }
    }

    /** Forgets a row. */
    void remove(Slot slot) {
        if (slot.touchedAt >= 0) {
            untouch(slot);
        }
        if (slot.heapAt >= 0) {
            int gap = slot.heapAt;
            slot.heapAt = -1;
            Slot last = heap.remove(heap.size() - 1);
            if (last.heapAt >= 0) {
                settle(last, gap);
            }
        }
    }

    private void untouch(Slot slot) {
        touched.set(slot.touchedAt, null);
        slot.touchedAt = -1;
    }

    /**
     * Returns a row that has something to do at that watermark, before which the next is not asked for; null if none.
     */
    @Nullable
    Slot next(long watermark) {
        while (next < touched.size()) {
            Slot slot = touched.get(next);
            next++;
            if (slot != null) {
                untouch(slot);
                if (isDue(slot, watermark)) {
                    return slot;
                }
                expect(slot);
            }
        }
        touched.clear();
        next = 0;
        while (!heap.isEmpty() && heap.get(0).expected <= watermark) {
            Slot slot = heap.get(0);
            remove(slot);
            if (isDue(slot, watermark)) {
                return slot;
            }
            expect(slot);
        }
        return null;
    }

    private static boolean isDue(Slot slot, long watermark) {
        long due = slot.row.due();
        return due <= watermark && due != NEVER;
    }

    private void expect(Slot slot) {
        long due = slot.row.due();
        if (due == NEVER) {
            return;
        }
        if (slot.heapAt < 0) {
            slot.expected = due;
            heap.add(slot);
            settle(slot, heap.size() - 1);
        } else if (due < slot.expected) {
            slot.expected = due;
            settle(slot, slot.heapAt);
        }
    }

    /** Finds the place of a row that may stand at {@code gap}. */
    private void settle(Slot slot, int gap) {
        int at = gap;
        while (at > 0 && heap.get((at - 1) / 2).expected > slot.expected) {
            place(heap.get((at - 1) / 2), at);
            at = (at - 1) / 2;
        }
        for (int child = earlierChild(at);
                child < heap.size() && heap.get(child).expected < slot.expected;
                child = earlierChild(at)) {
            place(heap.get(child), at);
            at = child;
        }
        place(slot, at);
    }

    private int earlierChild(int at) {
        int left = 2 * at + 1;
        return left + 1 < heap.size() && heap.get(left + 1).expected < heap.get(left).expected ? left + 1 : left;
    }

    private void place(Slot slot, int at) {
        heap.set(at, slot);
        slot.heapAt = at;
    }
}
