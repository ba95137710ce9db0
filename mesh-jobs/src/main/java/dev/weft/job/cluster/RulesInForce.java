package dev.weft.job.cluster;

/**
 * Which versions of the rules the subtasks of a job decide by: the same, but for a moment while they change.
 *
 * @param oldest the lowest number
 * @param newest the highest number
 */
public record RulesInForce(int oldest, int newest) {}
