/**
 * What does a {@code module.yaml} of Apache StateFun 3.x say? Where functions are served, which records of Kafka become
 * messages, and where functions write. Start with {@link dev.weft.function.module.ModuleReader}. Knows nothing of how a
 * job of ours is told the same.
 */
@NullMarked
package dev.weft.function.module;

import org.jspecify.annotations.NullMarked;
