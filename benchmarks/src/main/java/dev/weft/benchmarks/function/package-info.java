/**
 * What do messages between functions cost? Start with {@link dev.weft.benchmarks.function.FunctionCost}. Apache
 * StateFun is measured beside them, in processes of its own.
 */
@NullMarked
package dev.weft.benchmarks.function;

import org.jspecify.annotations.NullMarked;
