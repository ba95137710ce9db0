/**
 * How does a job config become a Flink job? Start with {@link dev.weft.job.flink.MeshTopology#assemble}, the whole data
 * plane on one screen. Knows nothing of what a rule means: its operators are shells around plain Java.
 */
@NullMarked
package dev.weft.job.flink;

import org.jspecify.annotations.NullMarked;
