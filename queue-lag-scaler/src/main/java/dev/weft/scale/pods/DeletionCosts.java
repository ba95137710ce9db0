package dev.weft.scale.pods;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * What the deletion of Pods is said to cost, so that those without tasks go first. Of Pods that are ready, a ReplicaSet
 * ends those of the least cost first (Kubernetes, "Pod deletion cost").
 *
 * <p>Only two kinds are told apart: a TaskManager with one task less is as dear as any other, since the job has to fail
 * over either way. Those with tasks stay at 0, the cost of a Pod that nobody has said anything of, and those without
 * are far below. So a Pod is written to when it runs out of tasks, which mostly means once, shortly before its end; and
 * a Pod that has just come is never dearer than one with tasks. Costs that somebody else has given stay as they are
 * while those without tasks go first all the same.
 */
final class DeletionCosts {

    /** Of a Pod without tasks. There is room on both sides of it, down to the least number of 32 bits. */
    static final int IDLE = -1_000;

    private DeletionCosts() {}

    /** What must be said of a Pod. */
    record Change(String pod, boolean isIdle) {}

    /**
     * Returns what is to be changed, in this order: as long as it is done only in part, no Pod with tasks is cheaper
     * than it was before, and none without is dearer.
     *
     * @param used names of Pods on which tasks run
     */
    static List<Change> of(Collection<Pod> pods, Set<String> used) {
        List<Change> changes = new ArrayList<>();
        pods.stream()
                .filter(pod -> used.contains(pod.name()) && pod.cost() <= IDLE && !pod.isEnding())
                .forEach(pod -> changes.add(new Change(pod.name(), false)));
        pods.stream()
                .filter(pod -> !used.contains(pod.name()) && pod.cost() > IDLE && !pod.isEnding())
                .forEach(pod -> changes.add(new Change(pod.name(), true)));
        return changes;
    }
}
