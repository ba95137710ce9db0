/**
 * What did a person get wrong in this file? Reads YAML and JSON keeping line and column, and reports every mistake at
 * once. Start with {@link dev.weft.config.Problem}. Knows nothing of what the files configure.
 */
@NullMarked
package dev.weft.config;

import org.jspecify.annotations.NullMarked;
