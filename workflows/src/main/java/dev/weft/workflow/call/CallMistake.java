package dev.weft.workflow.call;

import dev.weft.workflow.Errors;
import dev.weft.workflow.WorkflowError;

/** A call that cannot be made, as its arguments came out. */
public final class CallMistake extends Exception {

    private static final long serialVersionUID = 1;

    private final Errors kind;
    private final String detail;

    CallMistake(Errors kind, String detail) {
        super(detail, null, false, false);
        this.kind = kind;
        this.detail = detail;
    }

    /** Returns the error of the task that wanted the call. */
    public WorkflowError error(String pointer) {
        return WorkflowError.of(kind, pointer, detail);
    }
}
