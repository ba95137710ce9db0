/**
 * How do the rules of a job change while it runs? Start with {@link dev.weft.job.rules.RuleState}, what a subtask knows
 * of them, and {@link dev.weft.job.rules.ControlEvent}, what is said about them on the control channel. Knows nothing
 * of how either is carried or kept.
 */
@NullMarked
package dev.weft.job.rules;

import org.jspecify.annotations.NullMarked;
