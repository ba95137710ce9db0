/**
 * How well does the scaler size a consumer, and what does asking it cost? Beside the autoscaler of the Flink Kubernetes
 * operator, which runs in a process of its own with its own Flink.
 */
@NullMarked
package dev.weft.benchmarks.scaler;

import org.jspecify.annotations.NullMarked;
