package dev.weft.job.flink;

import dev.weft.event.Received;
import dev.weft.job.Dispatcher;
import dev.weft.job.RoutingPlan;
import dev.weft.job.flink.audit.KeptBook;
import dev.weft.job.flink.connect.Outbound;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Runs a {@link Dispatcher} of routes that do not change on what the source reads. Holds no routing logic of its own.
 */
final class RouteOperator extends ProcessFunction<Received, Outbound>
        implements CheckpointedFunction, CheckpointListener {

    private static final long serialVersionUID = 1;

    private final RoutingPlan plan;
    private transient @Nullable Dispatcher dispatcher;
    private transient @Nullable RouteOutlet outlet;
    private transient @Nullable KeptBook audit;

    RouteOperator(RoutingPlan plan) {
        this.plan = plan;
    }

    @Override
    public void open(OpenContext context) {
        RouteMetrics metrics = new RouteMetrics(getRuntimeContext().getMetricGroup());
        outlet = new RouteOutlet(plan, metrics);
        Dispatcher deciding = new Dispatcher(plan, outlet);
        metrics.showRoutes(() -> deciding);
        dispatcher = deciding;
    }

    @Override
    public void processElement(Received received, Context context, Collector<Outbound> out) {
        if (outlet == null || dispatcher == null) {
            throw new IllegalStateException("not opened");
        }
        outlet.into(out, context::output);
        Long time = context.timestamp();
        dispatcher.dispatch(
                received,
                time == null ? received.origin().timestamp() : time,
                context.timerService().currentProcessingTime());
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        audit = KeptBook.restored(
                context.getOperatorStateStore(), getRuntimeContext().getMetricGroup());
    }

    /** With each checkpoint, the {@link ChainOperator} forgets plans it has not heard of for long. */
    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        if (outlet != null && audit != null) {
            outlet.sayPlanAgain();
            outlet.tally().settle(audit.book());
            audit.freeze(context.getCheckpointId());
        }
    }

    @Override
    public void notifyCheckpointComplete(long checkpoint) {
        if (audit != null) {
            audit.completed(checkpoint);
        }
    }

    @Override
    public void notifyCheckpointAborted(long checkpoint) {
        if (audit != null) {
            audit.aborted(checkpoint);
        }
    }
}
