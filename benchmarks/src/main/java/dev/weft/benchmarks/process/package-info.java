/**
 * How is a contender run and its cost told? Start with {@link dev.weft.benchmarks.process.Jvm}. Does not know what is
 * compared.
 */
@NullMarked
package dev.weft.benchmarks.process;

import org.jspecify.annotations.NullMarked;
