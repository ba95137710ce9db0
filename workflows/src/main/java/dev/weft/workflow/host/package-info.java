/**
 * How do instances live among messages? As functions: the instance itself, the correlation that brings events to those
 * that wait for them, schedules, and calls to the outside. Start with {@link dev.weft.workflow.host.WorkflowFunctions};
 * {@link dev.weft.workflow.host.EventRouter} is where events come in, and {@link dev.weft.workflow.host.LocalHost} runs
 * all of it in memory. Knows nothing of Flink, of Kafka, and of how definitions are written down.
 */
@NullMarked
package dev.weft.workflow.host;

import org.jspecify.annotations.NullMarked;
