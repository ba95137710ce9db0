package dev.weft.scale.pods;

/**
 * A Pod, as far as its end is concerned.
 *
 * @param cost what the annotation {@code controller.kubernetes.io/pod-deletion-cost} says; 0 without it, as Kubernetes
 *     reckons
 * @param isEnding whether it was told to end
 */
record Pod(String name, int cost, boolean isEnding) {}
