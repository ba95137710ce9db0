package dev.weft.job;

/**
 * Where the mesh refuses instead of growing.
 *
 * @param maxEventBytes the largest record, key, value and headers together, that is routed, or that a transform may
 *     make; larger ones go to the dead letter
 */
public record Limits(int maxEventBytes) {}
