package dev.weft.workflow.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import org.jspecify.annotations.Nullable;

/**
 * A task under way that has tasks inside, or waits for something. Frames make a tree, as tasks do; what runs are its
 * leaves. One that is {@linkplain #ready} has something to do at once.
 *
 * <p>What a frame keeps besides what is here, it writes and reads itself, in the same order.
 */
abstract class Frame {

    /** A time that never comes. */
    static final long NEVER = Long.MAX_VALUE;

    final Op op;
    final @Nullable Frame parent;
    final Branch branch;
    final int depth;

    /** The task's data before and after it was shaped. */
    JsonNode raw;

    JsonNode input;
    long startedAt;

    /** When the task is interrupted. */
    long deadline = NEVER;

    /** When something is to happen that is part of what the task does. */
    long wake = NEVER;

    @Nullable
    Frame child;

    boolean ready;

    @Nullable
    Op at;

    JsonNode with = NullNode.getInstance();

    /** It is no part of the instance any more, though something may still refer to it. */
    boolean dropped;

    Frame(Op op, @Nullable Frame parent, @Nullable Branch branch, JsonNode raw, JsonNode input, long startedAt) {
        this.op = op;
        this.parent = parent;
        this.branch = branch == null ? (Branch) this : branch;
        this.depth = parent == null ? 0 : parent.depth + 1;
        this.raw = raw;
        this.input = input;
        this.startedAt = startedAt;
    }

    /** Makes that of the task which the run begins. */
    Frame(Run run, Op op) {
        this(op, run.at(), run.at().branch, op.tellsTask ? run.raw : run.input, run.input, run.around.now());
    }

    /** Makes one that is then read. */
    Frame(Op op, Frame parent) {
        this(op, parent, parent.branch, NullNode.getInstance(), NullNode.getInstance(), 0);
    }

    /** Returns by what it is known in what is kept. */
    abstract FrameKind kind();

    /** The tasks inside have come to their end, with the run's data. Where there are none, this never happens. */
    void leave(Run run) throws Failed {
        throw new IllegalStateException(kind() + " has no tasks inside");
    }

    /** Its time has come. */
    void awake(Run run) throws Failed {
        throw new IllegalStateException(kind() + " waits for no time");
    }

    /** Tells the world that nothing is awaited any more. The frames inside are told on their own. */
    void withdraw(Run run) {}

    /** Returns whether something comes by that token. */
    boolean awaits(long token) {
        return false;
    }

    /** Returns the variable, where this frame defines it; null otherwise. */
    @Nullable
    JsonNode local(String name) {
        return null;
    }

    /** Returns whether the variables of what is around can't be seen inside. */
    boolean hides() {
        return false;
    }

    int children() {
        return child == null ? 0 : 1;
    }

    Frame child(int number) {
        return java.util.Objects.requireNonNull(child);
    }

    void adopt(Frame frame) {
        child = frame;
    }

    void write(InstanceWriter out) {}

    void read(InstanceReader in) throws InstanceUnreadable {}
}
