package dev.weft.workflow.engine;

import dev.weft.workflow.Errors;
import dev.weft.workflow.WorkflowError;

/** A task cannot go on. Part of the flow, so it has no stack trace. */
final class Failed extends Exception {

    private static final long serialVersionUID = 1;

    private final transient WorkflowError error;

    Failed(WorkflowError error) {
        super(error.detail(), null, false, false);
        this.error = error;
    }

    Failed(Errors error, String pointer, String detail) {
        this(WorkflowError.of(error, pointer, detail));
    }

    WorkflowError error() {
        return error;
    }
}
