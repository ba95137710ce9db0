package dev.weft.scale.lag;

import java.util.Set;

/**
 * Kubernetes, told which Pods of a Flink cluster it may take first. Calls block, and end within the time the
 * implementation was given.
 */
public interface PodControl {

    /** Returns whether the Pods of a Flink cluster are looked after at all. */
    boolean keeps(String cluster);

    /**
     * Has Kubernetes take Pods on which no task runs before the others, whenever it takes some. Nothing is written to a
     * Pod that is marked right already. Returns how many were written to; unknown unless all are marked right.
     *
     * @param cluster the name the scaler's configuration gives to a Flink cluster
     * @param used ids of the TaskManagers on which tasks run, which must be the names of their Pods
     */
    Reading<Integer> mark(String cluster, Set<String> used);

    /** Looks after no Pods. */
    static PodControl none() {
        return new PodControl() {
            @Override
            public boolean keeps(String cluster) {
                return false;
            }

            @Override
            public Reading<Integer> mark(String cluster, Set<String> used) {
                return new Reading.Unknown<>("nobody looks after the Pods of Flink cluster \"%s\"".formatted(cluster));
            }
        };
    }
}
