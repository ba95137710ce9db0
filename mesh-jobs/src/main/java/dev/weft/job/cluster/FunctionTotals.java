package dev.weft.job.cluster;

/**
 * What the functions of one type did since the job was last started or restored, and what waits for them now.
 *
 * @param invocations messages that were applied
 * @param failures calls that came to nothing for good
 * @param inFlight calls under way
 * @param backlog messages that wait for a call
 */
public record FunctionTotals(long invocations, long failures, long inFlight, long backlog) {}
