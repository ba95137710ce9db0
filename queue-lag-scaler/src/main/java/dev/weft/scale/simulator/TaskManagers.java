package dev.weft.scale.simulator;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;

/** A Deployment of TaskManagers of one slot each. */
final class TaskManagers {

    private static final int JITTER = 2;

    private final int startSeconds;
    private final boolean idleGoFirst;
    private final RandomGenerator random;
    private final List<Pod> pods = new ArrayList<>();

    private static final class Pod {
        private int readyAt;
        private boolean used;
    }

    /** @param idleGoFirst whether the cost of deletion tells Kubernetes which TaskManagers are not used */
    TaskManagers(int startSeconds, boolean idleGoFirst, int running, RandomGenerator random) {
        this.startSeconds = startSeconds;
        this.idleGoFirst = idleGoFirst;
        this.random = random;
        for (int i = 0; i < running; i++) {
            pods.add(new Pod());
        }
    }

    int replicas() {
        return pods.size();
    }

    int ready(int second) {
        int ready = 0;
        for (Pod pod : pods) {
            ready += pod.readyAt <= second ? 1 : 0;
        }
        return ready;
    }

    /** Starts or ends TaskManagers; returns how many went that the job used. */
    int set(int replicas, int second) {
        while (pods.size() < replicas) {
            Pod pod = new Pod();
            pod.readyAt = second + startSeconds + random.nextInt(-JITTER, JITTER + 1);
            pods.add(pod);
        }
        int lost = 0;
        while (pods.size() > replicas) {
            lost += remove(victim(second)) ? 1 : 0;
        }
        return lost;
    }

    /** Kills one that is used, which the Deployment replaces; returns whether there was one. */
    boolean kill(int second) {
        for (Pod pod : pods) {
            if (pod.used) {
                pod.used = false;
                pod.readyAt = second + startSeconds;
                return true;
            }
        }
        return false;
    }

    /** Kubernetes ends pods first that are not ready. */
    private Pod victim(int second) {
        Comparator<Pod> order = Comparator.comparing((Pod pod) -> pod.readyAt <= second);
        if (idleGoFirst) {
            order = order.thenComparing(pod -> pod.used);
        }
        List<Pod> candidates = new ArrayList<>(pods);
        candidates.sort(order);
        Pod first = candidates.get(0);
        Comparator<Pod> same = order;
        List<Pod> equals =
                candidates.stream().filter(pod -> same.compare(pod, first) == 0).toList();
        return equals.get(random.nextInt(equals.size()));
    }

    private boolean remove(Pod pod) {
        pods.remove(pod);
        return pod.used;
    }

    /** Gives the job so many of those that are ready, the ones it has first. */
    void use(int slots, int second) {
        int left = slots;
        for (Pod pod : pods) {
            boolean keeps = pod.used && left > 0;
            pod.used = keeps;
            left -= keeps ? 1 : 0;
        }
        for (Pod pod : pods) {
            if (left > 0 && !pod.used && pod.readyAt <= second) {
                pod.used = true;
                left--;
            }
        }
    }
}
