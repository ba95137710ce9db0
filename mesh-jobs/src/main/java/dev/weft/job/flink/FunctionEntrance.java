package dev.weft.job.flink;

import dev.weft.function.Message;
import dev.weft.job.FunctionFeed;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * Counts what comes in for functions, and sends it on: {@code ingress.<name>.messages}; {@code ingress.<name>.lost},
 * events and records that went to the dead letter; {@code ingress.<name>.expressionErrors}. Records of a raw topic
 * count under its name.
 */
final class FunctionEntrance implements FunctionFeed.Entrance {

    private final MetricGroup weft;
    private final Consumer<Message> taker;
    private final Map<String, Counters> ingress = new HashMap<>();

    FunctionEntrance(MetricGroup operator, Consumer<Message> taker) {
        this.weft = operator.addGroup(RouteMetrics.GROUP);
        this.taker = taker;
    }

    @Override
    public void message(String name, Message message) {
        of(name).messages.inc();
        taker.accept(message);
    }

    @Override
    public void lost(String name) {
        of(name).lost.inc();
    }

    @Override
    public void expressionFailed(String name) {
        of(name).expressionErrors.inc();
    }

    private Counters of(String name) {
        return ingress.computeIfAbsent(name, unused -> {
            MetricGroup group = weft.addGroup("ingress").addGroup(name);
            return new Counters(group.counter("messages"), group.counter("lost"), group.counter("expressionErrors"));
        });
    }

    /** Those of one ingress. */
    private record Counters(Counter messages, Counter lost, Counter expressionErrors) {}
}
