package dev.weft.workflow.engine;

/**
 * Of an instance, or of a task; the names are those of the specification, in lower case. The order is part of what is
 * kept of instances.
 */
public enum Status {
    PENDING,
    RUNNING,
    WAITING,
    SUSPENDED,
    CANCELLED,
    FAULTED,
    COMPLETED;

    /** Returns whether nothing can follow. */
    public boolean isLast() {
        return this == CANCELLED || this == FAULTED || this == COMPLETED;
    }
}
