/**
 * How does a test wait for something without guessing how long it takes? Start with {@link dev.weft.testkit.Await}.
 * Knows nothing of what is awaited.
 */
@NullMarked
package dev.weft.testkit;

import org.jspecify.annotations.NullMarked;
