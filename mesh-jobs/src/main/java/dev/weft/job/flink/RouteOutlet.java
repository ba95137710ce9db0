package dev.weft.job.flink;

import dev.weft.event.Reason;
import dev.weft.event.WireRecord;
import dev.weft.job.ChannelConfig;
import dev.weft.job.Dispatcher;
import dev.weft.job.RoutingPlan;
import dev.weft.job.flink.connect.Outbound;
import dev.weft.route.Route;
import org.apache.flink.metrics.Counter;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/** Counts each decision of one plan and sends the records on to the topics of their channels. */
final class RouteOutlet implements Dispatcher.Outlet {

    private final RouteMetrics metrics;
    private final Counter[] matched;
    private final Counter[] expressionErrors;
    private final Counter[] channelDelivered;
    private final String[] topics;
    private final String deadLetterTopic;
    private @Nullable Collector<Outbound> out;

    RouteOutlet(RoutingPlan plan, RouteMetrics metrics) {
        this.metrics = metrics;
        this.matched =
                plan.routes().stream().map(Route::name).map(metrics::matched).toArray(Counter[]::new);
        this.expressionErrors = plan.routes().stream()
                .map(Route::name)
                .map(metrics::expressionErrors)
                .toArray(Counter[]::new);
        this.channelDelivered = plan.channels().stream()
                .map(ChannelConfig::name)
                .map(metrics::delivered)
                .toArray(Counter[]::new);
        this.topics = plan.channels().stream()
                .map(channel -> channel.topics().toString())
                .toArray(String[]::new);
        this.deadLetterTopic = plan.deadLetterTopic();
    }

    /** Says where the decisions about the next record go. */
    void into(Collector<Outbound> collector) {
        out = collector;
    }

    @Override
    public void received() {
        metrics.received.inc();
    }

    @Override
    public void matched(int route) {
        matched[route].inc();
    }

    @Override
    public void expressionFailed(int route) {
        metrics.expressionErrors.inc();
        expressionErrors[route].inc();
    }

    @Override
    public void unmatched() {
        metrics.unmatched.inc();
    }

    @Override
    public void deliver(int channel, WireRecord record) {
        metrics.delivered.inc();
        channelDelivered[channel].inc();
        collect(topics[channel], record);
    }

    @Override
    public void deadLetter(Reason reason, WireRecord record) {
        metrics.deadLettered.inc();
        metrics.deadLetteredBy[reason.ordinal()].inc();
        collect(deadLetterTopic, record);
    }

    private void collect(String topic, WireRecord record) {
        if (out == null) {
            throw new IllegalStateException("a decision was made outside of an element");
        }
        out.collect(new Outbound(topic, record));
    }
}
