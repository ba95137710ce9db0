package dev.weft.scale;

import java.util.Map;
import java.util.TreeMap;

/**
 * What one subtask drains, in records per second, as it was learned at each parallelism.
 *
 * <p>At a parallelism nobody has seen, the nearest one seen is asked, and the loss that comes with size is taken to go
 * on: {@code perSubtask(n) = perSubtask(k) * (k / n)^loss}. The loss is 0 if twice the subtasks drain twice as much,
 * and 1 if they drain no more; it is fitted to all that was learned. What grows slower or faster as a whole, such as a
 * service that all subtasks call, is seen at one parallelism and believed of all.
 */
record Capacity(Map<Integer, Double> perSubtask) {

    static final Capacity UNKNOWN = new Capacity(Map.of());

    Capacity {
        perSubtask = Map.copyOf(perSubtask);
    }

    /**
     * Takes in what was measured, with a weight from 0 (ignore it) to 1 (believe only it).
     *
     * @param expected what was believed of this parallelism; 0 if nothing was
     */
    Capacity with(int parallelism, double measured, double weight, double expected) {
        double now = expected > 0 ? expected + weight * (measured - expected) : measured;
        Double before = perSubtask.get(parallelism);
        var learned = new TreeMap<>(perSubtask);
        if (before != null) {
            learned.replaceAll((size, rate) -> rate * now / before);
        }
        learned.put(parallelism, now);
        return new Capacity(learned);
    }

    /** Returns what one of {@code parallelism} subtasks drains; {@code unless} if nothing was learned. */
    double at(int parallelism, double unless) {
        return perSubtask.keySet().stream()
                .min((a, b) -> Double.compare(distance(a, parallelism), distance(b, parallelism)))
                .map(known -> rateOf(known) * Math.pow((double) known / parallelism, loss()))
                .orElse(unless);
    }

    /** Returns by which power of the parallelism a subtask becomes slower, from 0 to 1. */
    double loss() {
        int count = perSubtask.size();
        double meanSize = 0;
        double meanRate = 0;
        for (var each : perSubtask.entrySet()) {
            meanSize += Math.log(each.getKey()) / count;
            meanRate += Math.log(each.getValue()) / count;
        }
        double together = 0;
        double spread = 0;
        for (var each : perSubtask.entrySet()) {
            double size = Math.log(each.getKey()) - meanSize;
            together += size * (Math.log(each.getValue()) - meanRate);
            spread += size * size;
        }
        return spread == 0 ? 0 : Math.min(1, Math.max(0, -together / spread));
    }

    private double rateOf(int known) {
        Double rate = perSubtask.get(known);
        return rate == null ? 0 : rate;
    }

    private static double distance(int known, int wanted) {
        return Math.abs(Math.log((double) known / wanted));
    }
}
