package dev.weft.job.audit;

import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The pages of one subtask by the checkpoints at which they were written. What is shown is that of the last checkpoint
 * which is complete: then every other subtask has one for the same moment of the stream. One thread writes, any reads.
 */
public final class Cuts {

    private final TreeMap<Long, Page> pending = new TreeMap<>();
    private volatile @Nullable Cut shown;

    /** Keeps what the book says at a checkpoint. */
    public void freeze(long checkpoint, Page page) {
        pending.put(checkpoint, page);
    }

    /** A checkpoint is complete: earlier ones are of no use any more. */
    public void completed(long checkpoint) {
        Page page = pending.get(checkpoint);
        if (page != null) {
            shown = new Cut(checkpoint, page);
        }
        pending.headMap(checkpoint, true).clear();
    }

    /** A checkpoint will not be complete. */
    public void aborted(long checkpoint) {
        pending.remove(checkpoint);
    }

    /** Returns what to show; null before the first checkpoint is complete. */
    public @Nullable Cut shown() {
        return shown;
    }
}
