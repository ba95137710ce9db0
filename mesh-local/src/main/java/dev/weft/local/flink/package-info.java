/**
 * What runs a Flink job on one machine, with its web pages? Start with {@link dev.weft.local.flink.EmbeddedFlink}.
 * Knows nothing of what the job does.
 */
@NullMarked
package dev.weft.local.flink;

import org.jspecify.annotations.NullMarked;
