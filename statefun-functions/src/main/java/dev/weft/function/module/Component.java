package dev.weft.function.module;

import dev.weft.config.Fields;
import dev.weft.config.Node;
import org.jspecify.annotations.Nullable;

/**
 * One part of a module file, of a kind that is known.
 *
 * @param id where it stands beside the spec, as older files have it; null where it stands in the spec
 */
record Component(@Nullable Node id, Fields spec) {}
