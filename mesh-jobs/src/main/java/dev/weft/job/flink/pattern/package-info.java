/**
 * How are patterns found in a Flink job? Start with {@link dev.weft.job.flink.pattern.PatternOperator}, which holds
 * what is known of each key; {@link dev.weft.job.flink.pattern.Watching} is the part that looks at events before they
 * are keyed. Knows nothing of what a pattern means.
 */
@NullMarked
package dev.weft.job.flink.pattern;

import org.jspecify.annotations.NullMarked;
