/**
 * How many records wait in each partition? Offsets of Kafka and positions of a Flink job go in, an
 * {@link dev.weft.scale.Observation} comes out, with positions from where they are freshest, and without what nobody
 * can read. Start with {@link dev.weft.scale.lag.LagTracker}. Pure: does not know how offsets are read.
 */
@NullMarked
package dev.weft.scale.lag;

import org.jspecify.annotations.NullMarked;
