package dev.weft.job.flink.pattern;

import java.util.HashMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * What is counted before events are keyed: {@code pattern.<id>.seen}, events the pattern looks at;
 * {@code pattern.<id>.keyMissing}, those without all values of its key; {@code pattern.<id>.undecided}, conditions that
 * could not be evaluated.
 */
final class WatchMetrics {

    private static final String GROUP = "weft";

    private final MetricGroup weft;
    private final Map<String, Counters> patterns = new HashMap<>();

    WatchMetrics(MetricGroup operator) {
        weft = operator.addGroup(GROUP);
    }

    Counters of(String pattern) {
        return patterns.computeIfAbsent(pattern, id -> {
            MetricGroup group = weft.addGroup("pattern").addGroup(id);
            return new Counters(group.counter("seen"), group.counter("keyMissing"), group.counter("undecided"));
        });
    }

    /** Those of one pattern. */
    record Counters(Counter seen, Counter keyMissing, Counter undecided) {}
}
