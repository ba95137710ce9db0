/**
 * How does an instance of a workflow go on? One signal at a time: what is known of the instance and the signal give
 * what is known afterwards, and what is to be done. Start with {@link dev.weft.workflow.engine.Engine}. Pure: knows no
 * clock, no thread, no Flink, and does nothing to the world.
 */
@NullMarked
package dev.weft.workflow.engine;

import org.jspecify.annotations.NullMarked;
