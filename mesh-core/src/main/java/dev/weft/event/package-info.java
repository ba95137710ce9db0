/**
 * What is an event, as every part of the mesh sees it? Start with {@link dev.weft.event.MeshEvent}. Knows nothing of
 * rules, routes or jobs.
 */
@NullMarked
package dev.weft.event;

import org.jspecify.annotations.NullMarked;
