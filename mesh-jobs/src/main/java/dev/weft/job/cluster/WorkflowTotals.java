package dev.weft.job.cluster;

/**
 * What instances of one definition came to since the job was last started or restored.
 *
 * @param active those that have begun and not ended, whenever that was
 */
public record WorkflowTotals(long active, long started, long completed, long faulted, long cancelled, long calls) {}
