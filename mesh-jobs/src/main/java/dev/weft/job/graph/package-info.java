/**
 * What does a mesh look like? Draws a job config as Mermaid text or as an SVG picture; start with
 * {@link dev.weft.job.graph.MeshPicture}. Knows nothing of a mesh that runs.
 */
@NullMarked
package dev.weft.job.graph;

import org.jspecify.annotations.NullMarked;
