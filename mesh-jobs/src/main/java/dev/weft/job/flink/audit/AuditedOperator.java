package dev.weft.job.flink.audit;

import static java.util.Objects.requireNonNull;

import dev.weft.job.audit.Book;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.jspecify.annotations.Nullable;

/**
 * An operator that counts for the audit. Its {@link #book} is there once the state is initialized; it outlives restarts
 * and is shown as a metric after each complete checkpoint.
 */
public abstract class AuditedOperator<OUT> extends AbstractStreamOperator<OUT> {

    private static final long serialVersionUID = 1;

    private transient @Nullable KeptBook kept;

    /** Makes an operator that Flink sets up after it was shipped. */
    protected AuditedOperator() {}

    /** Makes an operator where it runs, as a factory does. */
    protected AuditedOperator(StreamOperatorParameters<OUT> parameters) {
        super(parameters);
    }

    /** Returns where this subtask counts; for the task's thread only. */
    protected final Book book() {
        return requireNonNull(kept).book();
    }

    /**
     * Adds to what a checkpoint shows that which is counted where it is, and so is kept there.
     *
     * @param shown a copy of the book, which is not kept
     */
    protected void addMomentary(Book shown) {
        // most count all in the book
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        kept = KeptBook.restored(context.getOperatorStateStore(), getMetricGroup());
    }

    /** Freezes the book: who overrides this calls it last, when all that the checkpoint is to hold was counted. */
    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        requireNonNull(kept).freeze(context.getCheckpointId(), this::addMomentary);
    }

    @Override
    public void notifyCheckpointComplete(long checkpoint) throws Exception {
        super.notifyCheckpointComplete(checkpoint);
        requireNonNull(kept).completed(checkpoint);
    }

    @Override
    public void notifyCheckpointAborted(long checkpoint) throws Exception {
        super.notifyCheckpointAborted(checkpoint);
        requireNonNull(kept).aborted(checkpoint);
    }
}
