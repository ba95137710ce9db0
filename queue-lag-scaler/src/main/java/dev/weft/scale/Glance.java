package dev.weft.scale;

import java.time.Instant;
import java.util.Optional;

/**
 * What is remembered of the observation before.
 *
 * @param at when it was
 * @param runningSince since when the execution ran that was seen last; empty if the job slept
 * @param ran when that execution was last seen running
 * @param backlogged since when every subtask has a backlog; empty if not every one has
 * @param rise what came in the last seconds
 */
record Glance(Instant at, Optional<Instant> runningSince, Instant ran, Optional<Instant> backlogged, Rise rise) {}
