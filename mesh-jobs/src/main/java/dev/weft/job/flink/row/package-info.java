/**
 * Which rows of keyed state are in memory? Start with {@link dev.weft.job.flink.row.RecentRows}. Knows nothing of what
 * is in a row, and of when it is read and written.
 */
@NullMarked
package dev.weft.job.flink.row;

import org.jspecify.annotations.NullMarked;
