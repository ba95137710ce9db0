package dev.weft.workflow;

/** After which a task, or a workflow, is interrupted with an error of type {@code timeout}. */
public record Timeout(Span after) {}
