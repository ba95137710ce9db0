/**
 * Which policy sizes a consumer best? A model of a queue, of a Flink job and of Kubernetes runs in steps of one second
 * with policies side by side, each of which sees only what it would really see. Start with
 * {@link dev.weft.scale.simulator.Simulation}. Knows no real broker, cluster or time of day.
 */
@NullMarked
package dev.weft.scale.simulator;

import org.jspecify.annotations.NullMarked;
