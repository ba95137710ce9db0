package dev.weft.job.flink;

import static java.util.Objects.requireNonNull;

import dev.weft.job.ChannelConfig;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * What is counted of events that came again, beside {@link RouteMetrics} and under the same group: {@code duplicates},
 * {@code channel.<name>.duplicates}. They were {@code received}, too, though they never come to where that is counted.
 */
final class DedupMetrics {

    private final Counter received;
    private final Counter duplicates;
    private final Map<String, Counter> ofChannel = new HashMap<>();

    DedupMetrics(MetricGroup operator, List<ChannelConfig> channels) {
        MetricGroup weft = operator.addGroup(RouteMetrics.GROUP);
        received = weft.counter("received");
        duplicates = weft.counter("duplicates");
        for (ChannelConfig channel : channels) {
            ofChannel.put(
                    channel.name(),
                    weft.addGroup("channel").addGroup(channel.name()).counter("duplicates"));
        }
    }

    /** Counts an event of that channel, which must be one of those that ask. */
    void duplicate(String channel) {
        received.inc();
        duplicates.inc();
        requireNonNull(ofChannel.get(channel)).inc();
    }
}
