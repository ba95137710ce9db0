/**
 * How many replicas does a queue need? A pure answer: what was observed and what is remembered go in, a decision with
 * its arithmetic in words and what to remember come out. Start with {@link dev.weft.scale.LagPolicy}. Knows nothing of
 * Kafka, of Flink's REST interface, of KEDA and of the time of day.
 */
@NullMarked
package dev.weft.scale;

import org.jspecify.annotations.NullMarked;
