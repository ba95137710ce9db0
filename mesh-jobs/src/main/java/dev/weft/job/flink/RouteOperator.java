package dev.weft.job.flink;

import static java.util.Objects.requireNonNull;

import dev.weft.cep.Pattern;
import dev.weft.event.Received;
import dev.weft.job.Dispatcher;
import dev.weft.job.RoutingPlan;
import dev.weft.job.flink.audit.AuditedOperator;
import dev.weft.job.flink.connect.Outbound;
import dev.weft.job.flink.pattern.Watching;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.TimestampedCollector;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Runs a {@link Dispatcher} of routes that do not change on what the source reads. Holds no routing logic of its own.
 */
final class RouteOperator extends AuditedOperator<Outbound> implements OneInputStreamOperator<Received, Outbound> {

    private static final long serialVersionUID = 1;

    private final RoutingPlan plan;

    /** What is looked for beside the routes; empty if the job has no room for patterns. */
    private final List<Pattern> patterns;

    private transient @Nullable Dispatcher dispatcher;
    private transient @Nullable RouteOutlet outlet;
    private transient @Nullable TimestampedCollector<Outbound> out;
    private transient @Nullable Watching watching;

    RouteOperator(RoutingPlan plan, List<Pattern> patterns) {
        this.plan = plan;
        this.patterns = new ArrayList<>(patterns);
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        if (!patterns.isEmpty()) {
            watching = Watching.restored(
                    context.getOperatorStateStore(),
                    patterns,
                    plan.channels(),
                    getMetricGroup(),
                    seen -> put(Sides.SEEN, seen),
                    roster -> put(Sides.ROSTERS, roster));
        }
    }

    @Override
    public void open() throws Exception {
        super.open();
        RouteMetrics metrics = new RouteMetrics(getMetricGroup());
        out = new TimestampedCollector<>(output);
        outlet = new RouteOutlet(plan, metrics);
        outlet.into(out, this::put);
        Dispatcher deciding = new Dispatcher(plan, outlet);
        metrics.showRoutes(() -> deciding);
        if (watching != null) {
            deciding.watch(watching);
        }
        dispatcher = deciding;
    }

    @Override
    public void processElement(StreamRecord<Received> element) {
        requireNonNull(out).setTimestamp(element);
        Received received = element.getValue();
        long time = element.hasTimestamp()
                ? element.getTimestamp()
                : received.origin().timestamp();
        requireNonNull(dispatcher)
                .dispatch(received, time, getProcessingTimeService().getCurrentProcessingTime());
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        if (watching != null) {
            watching.beforeWatermark(mark.getTimestamp());
        }
        super.processWatermark(mark);
    }

    /** With each checkpoint, the {@link ChainOperator} forgets plans it has not heard of for long. */
    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        RouteOutlet current = requireNonNull(outlet);
        current.sayPlanAgain();
        current.tally().settle(book());
        if (watching != null) {
            watching.keep();
        }
        super.snapshotState(context);
    }

    private <T> void put(OutputTag<T> tag, T value) {
        output.collect(tag, new StreamRecord<>(value));
    }
}
