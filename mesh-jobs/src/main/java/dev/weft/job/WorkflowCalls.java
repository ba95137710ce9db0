package dev.weft.job;

import java.io.Serializable;
import java.time.Duration;

/**
 * How workflows call what is outside.
 *
 * @param concurrency the most calls at once to one host, of one subtask
 * @param timeout after which a call has failed, from when its turn comes
 * @param maxResponseBytes the most that is read of an answer
 */
public record WorkflowCalls(int concurrency, Duration timeout, int maxResponseBytes) implements Serializable {

    /** What holds where nothing is said. */
    public static final WorkflowCalls USUAL = new WorkflowCalls(64, Duration.ofSeconds(30), 4 << 20);
}
