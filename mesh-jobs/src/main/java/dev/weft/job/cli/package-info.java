/**
 * What does a person type, and what do they see? One class a command; start with {@link dev.weft.job.cli.Weft}. Knows
 * nothing of how events are decided or carried: commands read files, ask the other packages, and print.
 */
@NullMarked
package dev.weft.job.cli;

import org.jspecify.annotations.NullMarked;
