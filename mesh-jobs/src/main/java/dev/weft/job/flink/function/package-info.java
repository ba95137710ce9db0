/** How do functions run in a Flink job? */
@NullMarked
package dev.weft.job.flink.function;

import org.jspecify.annotations.NullMarked;
