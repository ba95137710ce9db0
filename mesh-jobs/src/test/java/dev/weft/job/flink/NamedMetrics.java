package dev.weft.job.flink;

import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;

/** A group of metrics that writes down under which name each is. */
public final class NamedMetrics extends UnregisteredMetricsGroup {

    private final String prefix;
    private final Map<String, Counter> counters;
    private final Map<String, Gauge<?>> gauges;
    private final Map<String, Histogram> histograms;

    private NamedMetrics(
            String prefix,
            Map<String, Counter> counters,
            Map<String, Gauge<?>> gauges,
            Map<String, Histogram> histograms) {
        this.prefix = prefix;
        this.counters = counters;
        this.gauges = gauges;
        this.histograms = histograms;
    }

    /** Returns a group that is in no other. */
    public static NamedMetrics root() {
        return new NamedMetrics("", new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
    }

    /** Returns what the counters say, here and in the groups below. */
    public Map<String, Long> counts() {
        Map<String, Long> counts = new TreeMap<>();
        counters.forEach((name, counter) -> counts.put(name, counter.getCount()));
        return counts;
    }

    /** Returns what the gauges show, here and in the groups below. */
    public Map<String, Object> shown() {
        Map<String, Object> shown = new TreeMap<>();
        gauges.forEach((name, gauge) -> shown.put(name, gauge.getValue()));
        return shown;
    }

    /** Returns the histograms, here and in the groups below. */
    public Map<String, Histogram> histograms() {
        return histograms;
    }

    @Override
    public NamedMetrics addGroup(String name) {
        return new NamedMetrics(prefix + name + ".", counters, gauges, histograms);
    }

    @Override
    public Counter counter(String name) {
        Counter counter = super.counter(name);
        counters.put(prefix + name, counter);
        return counter;
    }

    @Override
    public <T, G extends Gauge<T>> G gauge(String name, G gauge) {
        gauges.put(prefix + name, gauge);
        return gauge;
    }

    @Override
    public <H extends Histogram> H histogram(String name, H histogram) {
        histograms.put(prefix + name, histogram);
        return histogram;
    }
}
