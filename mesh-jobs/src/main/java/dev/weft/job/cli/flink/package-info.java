/**
 * How does the command line run a job in its own process? Start with {@link dev.weft.job.cli.flink.EmbeddedJob}. Knows
 * nothing of terminals or of clusters elsewhere.
 */
@NullMarked
package dev.weft.job.cli.flink;

import org.jspecify.annotations.NullMarked;
