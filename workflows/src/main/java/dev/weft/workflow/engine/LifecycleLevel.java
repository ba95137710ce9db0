package dev.weft.workflow.engine;

/** How much is told of what happens. Each holds what those before it hold. */
public enum LifecycleLevel {
    NONE,
    WORKFLOW,
    TASK
}
