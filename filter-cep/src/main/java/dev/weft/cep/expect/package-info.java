/**
 * Did patterns find what someone expected? Start with {@link dev.weft.cep.expect.Verdict}; {@code ExpectedReader} reads
 * what is expected. Knows nothing of how events are found or how a verdict is shown.
 */
@NullMarked
package dev.weft.cep.expect;

import org.jspecify.annotations.NullMarked;
