package dev.weft.workflow.host;

import dev.weft.workflow.call.CallOutcome;
import dev.weft.workflow.call.CallRequest;
import java.util.function.Consumer;

/** Makes calls to the outside. One exists for each subtask; the task's thread uses it. */
@FunctionalInterface
public interface Outside extends AutoCloseable {

    /**
     * Makes a call. Never throws, and gives exactly one outcome: before this returns, or later, on whatever thread. The
     * same call may be made again after a crash; it has the same idempotency key then.
     */
    void call(CallRequest request, Consumer<CallOutcome> outcome);

    /** Gives up what is under way. */
    @Override
    default void close() {
        // Most have nothing to close.
    }
}
