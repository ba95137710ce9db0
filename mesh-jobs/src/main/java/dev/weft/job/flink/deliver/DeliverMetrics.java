package dev.weft.job.flink.deliver;

import dev.weft.delivery.Courier;
import dev.weft.event.Reason;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;

/**
 * What the operators that deliver count, under their group {@code weft}. Of each target,
 * {@code target.<name>.delivered}, {@code .attempts}, {@code .failures} (attempts that failed) and
 * {@code .deadLettered} since the attempt of the job began; {@code .parked} and {@code .parkedBytes}, what waits;
 * {@code .inFlight} and {@code .window}, the calls under way and how many may be; {@code .open}, 1 while it is taken
 * for dead; {@code .paused}, 1 while it is; {@code .latencyMillis}, a histogram of calls that went well. Besides
 * {@code deadLettered} and {@code reason.<code>.deadLettered}, as the routing operator has them.
 */
final class DeliverMetrics {

    private static final String GROUP = "weft";
    private static final int LATENCIES = 1024;

    private final MetricGroup weft;
    private final DeadLetterCounters deadLetters;

    DeliverMetrics(MetricGroup operator) {
        weft = operator.addGroup(GROUP);
        deadLetters = new DeadLetterCounters(weft);
    }

    void deadLettered(Reason reason) {
        deadLetters.count(reason);
    }

    /** Shows what a courier does. Returns the histogram of its latencies, in milliseconds. */
    Histogram show(String target, Courier courier) {
        MetricGroup group = weft.addGroup("target").addGroup(target);
        group.gauge("delivered", () -> courier.tally().delivered());
        group.gauge("attempts", () -> courier.tally().attempts());
        group.gauge("failures", () -> courier.tally().failures());
        group.gauge("deadLettered", () -> courier.tally().buried());
        group.gauge("parked", courier::parkedParcels);
        group.gauge("parkedBytes", courier::parkedBytes);
        group.gauge("inFlight", () -> (long) courier.inFlight());
        group.gauge("window", () -> (long) courier.windowLimit());
        group.gauge("open", () -> courier.isOpen() ? 1L : 0L);
        group.gauge("paused", () -> courier.isPaused() ? 1L : 0L);
        return group.histogram("latencyMillis", new DescriptiveStatisticsHistogram(LATENCIES));
    }
}
