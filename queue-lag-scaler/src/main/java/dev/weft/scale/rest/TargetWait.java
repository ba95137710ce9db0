package dev.weft.scale.rest;

import java.util.Map;

/**
 * Whether the busiest vertex of a job waits for a system outside of it, as far as sinks show that. Flink counts such
 * waiting as busy time.
 */
final class TargetWait {

    /** Share of time. */
    private static final double MOSTLY = 0.5;

    private final VertexMetrics metrics;
    private final MetricNames names;
    private final Deadline deadline;

    TargetWait(VertexMetrics metrics, MetricNames names, Deadline deadline) {
        this.metrics = metrics;
        this.names = names;
        this.deadline = deadline;
    }

    /**
     * Returns whether it is seen.
     *
     * @param holdsUp whether the sources have to wait for the vertex: a delivery with all its calls under way may still
     *     put aside what comes, and hold up nobody
     */
    boolean isSeen(boolean holdsUp) throws RestFailure, InterruptedException {
        return aProducerWaits() || (holdsUp && allCallsAreUnderWay());
    }

    private boolean aProducerWaits() throws RestFailure, InterruptedException {
        return metrics.greatest(names.producerWaits(), deadline).values().stream()
                .anyMatch(share -> share >= MOSTLY);
    }

    private boolean allCallsAreUnderWay() throws RestFailure, InterruptedException {
        Map<String, Double> windows = metrics.sums(names.windows(), deadline);
        Map<String, Double> inFlight =
                metrics.sums(names.windows().stream().map(MetricNames::inFlight).toList(), deadline);
        return windows.entrySet().stream()
                .anyMatch(window -> window.getValue() > 0
                        && inFlight.getOrDefault(MetricNames.inFlight(window.getKey()), 0.0) >= window.getValue());
    }
}
