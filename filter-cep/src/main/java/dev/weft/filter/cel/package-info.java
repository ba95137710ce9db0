/**
 * What does an expression in the Common Expression Language say of an event? Start with
 * {@link dev.weft.filter.cel.CelExpression}. Knows nothing of rules, routes or templates, which ask it.
 */
@NullMarked
package dev.weft.filter.cel;

import org.jspecify.annotations.NullMarked;
