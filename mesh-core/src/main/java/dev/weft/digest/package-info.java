/**
 * What stands for this, in a few bytes, on every machine and for ever? Start with {@link dev.weft.digest.Sha256}. Knows
 * nothing of what it is asked of: what is hashed, and in which order, is the business of who asks.
 */
@NullMarked
package dev.weft.digest;

import org.jspecify.annotations.NullMarked;
