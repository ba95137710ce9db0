/**
 * What do the rules of another system say in Weft's words? Start with {@link dev.weft.job.imports.Imported}; one class
 * for each system reads its files. Knows nothing of running jobs: it writes text, and what it could not say the same
 * way it tells.
 */
@NullMarked
package dev.weft.job.imports;

import org.jspecify.annotations.NullMarked;
