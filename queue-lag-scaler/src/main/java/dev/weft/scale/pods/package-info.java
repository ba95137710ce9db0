/**
 * Which Pods may Kubernetes take first when there are to be fewer, and how is it told? Start with
 * {@link dev.weft.scale.pods.DeletionCosts}, which decides, and {@link dev.weft.scale.pods.KubernetesPods}, which asks
 * the API server and tells it. Does not know how many Pods there should be, nor when there should be fewer.
 */
@NullMarked
package dev.weft.scale.pods;

import org.jspecify.annotations.NullMarked;
