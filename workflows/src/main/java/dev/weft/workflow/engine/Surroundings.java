package dev.weft.workflow.engine;

import java.util.function.LongSupplier;

/**
 * What an instance sees of the world while it takes a step.
 *
 * @param now in milliseconds since 1970
 * @param nanoTime shows how long expressions take; has no influence on anything else
 * @param lifecycle how much is told of what happens
 * @param limits what an instance may use up
 */
public record Surroundings(long now, LongSupplier nanoTime, LifecycleLevel lifecycle, Limits limits) {}
