package dev.weft.scale.simulator;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalDouble;

/**
 * The arithmetic of the HorizontalPodAutoscaler of Kubernetes 1.36 for one metric: ratio, tolerance, stabilization and
 * rate of change, in that order.
 */
final class Hpa {

    /** {@code --horizontal-pod-autoscaler-sync-period}, in seconds. */
    static final int SYNC = 15;

    private final HpaBehavior behavior;
    private final int max;
    private final Deque<Change> recommendations = new ArrayDeque<>();
    private final Deque<Change> ups = new ArrayDeque<>();

    private record Change(int second, int replicas) {}

    /** An HPA of at least one replica: with none it does nothing. */
    Hpa(HpaBehavior behavior, int max) {
        this.behavior = behavior;
        this.max = max;
    }

    /**
     * Returns the replicas for an external metric whose target is an average value.
     *
     * @param value the metric; empty if it could not be read, which changes nothing
     */
    int averageValue(int second, int current, OptionalDouble value, double target) {
        if (current == 0) {
            return 0; // the controller calls this "disabled"
        }
        if (value.isEmpty()) {
            return current;
        }
        double ratio = value.getAsDouble() / (target * current);
        int wanted = isTolerable(ratio) ? current : (int) Math.ceil(value.getAsDouble() / target);
        return bounded(second, current, wanted);
    }

    /**
     * Returns the replicas for a resource metric whose target is a utilization.
     *
     * @param usage the mean over those that are ready, as a share of what they request
     * @param ready how many are; those that are not count as using nothing if the wish is to add some
     */
    int utilization(int second, int current, int ready, double usage, double target) {
        if (current == 0) {
            return 0;
        }
        if (ready == 0) {
            return current;
        }
        double ratio = usage / target;
        int wanted = current;
        if (!isTolerable(ratio)) {
            double diluted = ratio > 1 ? ratio * ready / current : ratio;
            boolean turned = ratio > 1 && diluted < 1;
            int of = ratio > 1 ? current : ready;
            wanted = isTolerable(diluted) || turned ? current : (int) Math.ceil(diluted * of);
            if (ratio > 1 && wanted < current || ratio < 1 && wanted > current) {
                wanted = current;
            }
        }
        return bounded(second, current, wanted);
    }

    private boolean isTolerable(double ratio) {
        return 1 - behavior.tolerance() <= ratio && ratio <= 1 + behavior.tolerance();
    }

    private int bounded(int second, int current, int wanted) {
        while (!recommendations.isEmpty() && recommendations.peekFirst().second() <= second - behavior.downWindow()) {
            recommendations.removeFirst();
        }
        recommendations.addLast(new Change(second, wanted));
        int stable = wanted;
        if (wanted < current) {
            stable = recommendations.stream().mapToInt(Change::replicas).max().orElse(wanted);
            stable = Math.min(stable, current);
        }
        int limited = Math.min(Math.max(stable, 1), max);
        if (limited > current) {
            limited = Math.min(limited, Math.max(current, upLimit(second, current)));
            ups.addLast(new Change(second, limited - current));
        }
        return limited;
    }

    private int upLimit(int second, int current) {
        while (!ups.isEmpty() && ups.peekFirst().second() <= second - behavior.period()) {
            ups.removeFirst();
        }
        int before = current - ups.stream().mapToInt(Change::replicas).sum();
        int byPods = before + behavior.upPods();
        int byPercent = (int) Math.ceil(before * (1 + behavior.upPercent() / 100.0));
        return Math.max(behavior.upPods() > 0 ? byPods : 0, behavior.upPercent() > 0 ? byPercent : 0);
    }
}
