package dev.weft.job.flink;

import static java.util.Objects.requireNonNull;

import dev.weft.cep.Pattern;
import dev.weft.job.Dispatcher;
import dev.weft.job.IngressPlan;
import dev.weft.job.RoutingPlan;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.jspecify.annotations.Nullable;

/**
 * Runs a {@link Dispatcher} of routes that do not change on what the source reads. Holds no routing logic of its own.
 */
final class RouteOperator extends RoutingOperator {

    private static final long serialVersionUID = 1;

    private final RoutingPlan plan;

    /** What is looked for beside the routes; empty if the job has no room for patterns. */
    private final List<Pattern> patterns;

    private final IngressPlan ingress;

    private transient @Nullable RouteOutlet outlet;

    RouteOperator(RoutingPlan plan, List<Pattern> patterns, IngressPlan ingress) {
        this.plan = plan;
        this.patterns = new ArrayList<>(patterns);
        this.ingress = ingress;
    }

    @Override
    public void open() throws Exception {
        super.open();
        RouteMetrics metrics = new RouteMetrics(getMetricGroup());
        outlet = new RouteOutlet(plan, metrics);
        outlet.into(out(), this::put);
        if (!patterns.isEmpty()) {
            watchFor(patterns, plan.channels());
        }
        feedFunctions(ingress);
        decideBy(new Dispatcher(plan, outlet));
        metrics.showRoutes(this::dispatcher);
    }

    /** With each checkpoint, the {@link ChainOperator} forgets plans it has not heard of for long. */
    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        RouteOutlet current = requireNonNull(outlet);
        current.sayPlanAgain();
        current.tally().settle(book());
        super.snapshotState(context);
    }
}
