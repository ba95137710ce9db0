package dev.weft.workflow.host;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Holds something back until a checkpoint that knows of it has completed. Used by the task's thread, in which also the
 * checkpoint is taken.
 */
public final class CheckpointGate {

    /**
     * What a checkpoint knows of.
     *
     * @param checkpoint the first that does
     */
    private record Held(long checkpoint, List<Runnable> tasks) {}

    private final Deque<Held> held = new ArrayDeque<>();
    private List<Runnable> fresh = new ArrayList<>();
    private boolean isOpen;

    /** Has that be done when a checkpoint has completed that is yet to be taken. */
    void await(Runnable task) {
        if (isOpen) {
            task.run();
        } else {
            fresh.add(task);
        }
    }

    /** A checkpoint is taken: it knows of all that waits here. */
    public void taken(long checkpoint) {
        if (!fresh.isEmpty()) {
            held.add(new Held(checkpoint, fresh));
            fresh = new ArrayList<>();
        }
    }

    /** No checkpoint comes any more before all that waits here is done: nothing is held back from now on. */
    public void open() {
        isOpen = true;
        taken(Long.MAX_VALUE);
        completed(Long.MAX_VALUE);
    }

    /** A checkpoint has completed, and with it, as far as this is concerned, all that were taken before. */
    public void completed(long checkpoint) {
        while (!held.isEmpty() && held.peek().checkpoint() <= checkpoint) {
            held.remove().tasks().forEach(Runnable::run);
        }
    }
}
