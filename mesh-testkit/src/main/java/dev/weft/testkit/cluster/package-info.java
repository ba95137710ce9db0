/**
 * How does a test get a real cluster, in processes that can be killed? Start with
 * {@link dev.weft.testkit.cluster.FlinkCluster}. Knows nothing of the jobs that run there.
 */
@NullMarked
package dev.weft.testkit.cluster;

import org.jspecify.annotations.NullMarked;
