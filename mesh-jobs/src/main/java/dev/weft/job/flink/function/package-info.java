/**
 * How do functions run in a Flink job? Start with {@link dev.weft.job.flink.function.FunctionLoop}, which lays the loop
 * of two operators: {@link dev.weft.job.flink.function.FunctionOperator} runs functions on keyed state,
 * {@link dev.weft.job.flink.function.LoopOperator} takes what they send to other subtasks back to it. Knows nothing of
 * how functions are called and of what their messages mean.
 */
@NullMarked
package dev.weft.job.flink.function;

import org.jspecify.annotations.NullMarked;
