package dev.weft.job.audit;

/**
 * What one subtask said at a checkpoint.
 *
 * @param checkpoint its id
 */
public record Cut(long checkpoint, Page page) {}
