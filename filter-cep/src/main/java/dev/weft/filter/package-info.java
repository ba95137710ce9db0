/**
 * Which events does a rule want? Start with {@link dev.weft.filter.Condition}. Knows nothing of channels, and never
 * reads a payload that no rule asks about.
 */
@NullMarked
package dev.weft.filter;

import org.jspecify.annotations.NullMarked;
