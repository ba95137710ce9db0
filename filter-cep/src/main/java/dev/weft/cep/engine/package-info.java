/**
 * Which matches of a pattern are there in the events of one key? Start with {@link dev.weft.cep.engine.PatternEngine}.
 * Knows nothing of Flink, of keys or of where its state is kept: time and events come as arguments.
 */
@NullMarked
package dev.weft.cep.engine;

import org.jspecify.annotations.NullMarked;
