package dev.weft.job.flink;

import dev.weft.event.Reason;
import dev.weft.event.Received;
import dev.weft.event.WireRecord;
import dev.weft.job.Dispatcher;
import dev.weft.job.RoutingPlan;
import dev.weft.job.flink.connect.Outbound;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/** Runs a {@link Dispatcher} on what the source reads. Holds no routing logic of its own. */
final class RouteOperator extends ProcessFunction<Received, Outbound> {

    private static final long serialVersionUID = 1;

    private final RoutingPlan plan;
    private transient @Nullable Dispatcher dispatcher;
    private transient @Nullable CollectingOutlet outlet;

    RouteOperator(RoutingPlan plan) {
        this.plan = plan;
    }

    @Override
    public void open(OpenContext context) {
        RouteMetrics metrics = new RouteMetrics(getRuntimeContext().getMetricGroup(), plan);
        outlet = new CollectingOutlet(plan, metrics);
        dispatcher = new Dispatcher(plan, outlet);
    }

    @Override
    public void processElement(Received received, Context context, Collector<Outbound> out) {
        if (outlet == null || dispatcher == null) {
            throw new IllegalStateException("not opened");
        }
        outlet.out = out;
        dispatcher.dispatch(received);
    }

    /** Counts each decision and sends the records on to the topics of their channels. */
    private static final class CollectingOutlet implements Dispatcher.Outlet {
        private final RouteMetrics metrics;
        private final String[] topics;
        private final String deadLetterTopic;
        private @Nullable Collector<Outbound> out;

        CollectingOutlet(RoutingPlan plan, RouteMetrics metrics) {
            this.metrics = metrics;
            this.topics = plan.channels().stream()
                    .map(channel -> channel.topics().toString())
                    .toArray(String[]::new);
            this.deadLetterTopic = plan.deadLetterTopic();
        }

        @Override
        public void received() {
            metrics.received.inc();
        }

        @Override
        public void matched(int route) {
            metrics.matched[route].inc();
        }

        @Override
        public void expressionFailed(int route) {
            metrics.expressionErrors.inc();
            metrics.routeExpressionErrors[route].inc();
        }

        @Override
        public void unmatched() {
            metrics.unmatched.inc();
        }

        @Override
        public void deliver(int channel, WireRecord record) {
            metrics.delivered.inc();
            metrics.channelDelivered[channel].inc();
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
}
