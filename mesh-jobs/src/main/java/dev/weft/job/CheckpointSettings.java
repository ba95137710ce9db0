package dev.weft.job;

import java.time.Duration;

/**
 * How often progress is made durable. With {@link Guarantee#EXACTLY_ONCE} also how long an event may wait until readers
 * of an output topic see it.
 *
 * @param every at least 100 ms
 * @param timeout after which a checkpoint counts as failed
 */
public record CheckpointSettings(Duration every, Duration timeout) {}
