/**
 * How does a mesh run on Kubernetes? {@link dev.weft.job.k8s.Kustomization} reads the manifests of the folder
 * {@code k8s} as kustomize does, {@link dev.weft.job.k8s.MeshManifests} makes them those of one job. Start there. Knows
 * nothing of a running cluster.
 */
@NullMarked
package dev.weft.job.k8s;

import org.jspecify.annotations.NullMarked;
