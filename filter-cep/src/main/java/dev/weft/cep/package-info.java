/**
 * Which sequences of events does someone look for? Start with {@link dev.weft.cep.Pattern}; {@code PatternsReader}
 * reads patterns from a config. Knows nothing of how they are found, which is {@code dev.weft.cep.engine}.
 */
@NullMarked
package dev.weft.cep;

import org.jspecify.annotations.NullMarked;
