/**
 * How does Flink carry and keep events? Start with {@link dev.weft.event.flink.ReceivedSerializer}. Its formats are
 * written into savepoints, so a change needs a new version beside the old one.
 */
@NullMarked
package dev.weft.event.flink;

import org.jspecify.annotations.NullMarked;
