/**
 * What does a route make of an event before it delivers it? Start with {@link dev.weft.route.transform.Transformer}.
 * Knows nothing of routes, nor of which events are wanted.
 */
@NullMarked
package dev.weft.route.transform;

import org.jspecify.annotations.NullMarked;
