/**
 * Which functions do trials run, and what must come of it? {@link dev.weft.job.trial.function.CommandInterpreter} does
 * what messages tell it, {@link dev.weft.job.trial.function.CommandModel} says what that comes to. Knows nothing of the
 * runtime that is tried.
 */
@NullMarked
package dev.weft.job.trial.function;

import org.jspecify.annotations.NullMarked;
