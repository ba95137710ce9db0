package dev.weft.job.cluster;

/** What instances of one definition came to since the job was last started or restored. */
public record WorkflowTotals(long started, long completed, long faulted, long cancelled, long calls) {}
