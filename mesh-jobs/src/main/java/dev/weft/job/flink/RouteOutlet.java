package dev.weft.job.flink;

import dev.weft.delivery.Order;
import dev.weft.delivery.Parcel;
import dev.weft.event.MeshEvent;
import dev.weft.event.Reason;
import dev.weft.event.WireRecord;
import dev.weft.job.ChannelConfig;
import dev.weft.job.Dispatcher;
import dev.weft.job.Pending;
import dev.weft.job.RoutingPlan;
import dev.weft.job.StepsPlan;
import dev.weft.job.audit.PlanTally;
import dev.weft.job.flink.connect.Outbound;
import dev.weft.route.Route;
import dev.weft.route.chain.Question;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.apache.flink.metrics.Counter;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/** Counts each decision of one plan and sends the records on to the topics of their channels. */
final class RouteOutlet implements Dispatcher.Outlet {

    private final RouteMetrics metrics;
    private final PlanTally tally;
    private final Counter[] matched;
    private final Counter[] expressionErrors;
    private final Counter[] channelDelivered;
    private final String[] topics;
    private final String deadLetterTopic;
    private final Counter[][] stepPassed;
    private final Counter[][] stepDropped;
    private final List<Route> routes;
    private final Map<String, Order> orders;
    private final String planId;

    /** What is to be said before an event is sent to a memory; null where somebody else says it. */
    private final @Nullable StepsPlan steps;

    private boolean isPlanSaid;
    private @Nullable Collector<Outbound> out;
    private @Nullable Sides sides;

    /** Makes the outlet of a dispatcher. */
    RouteOutlet(RoutingPlan plan, RouteMetrics metrics) {
        this(plan, StepsPlan.of(plan), true, metrics);
    }

    private RouteOutlet(RoutingPlan plan, StepsPlan steps, boolean says, RouteMetrics metrics) {
        this.metrics = metrics;
        this.tally = new PlanTally(plan);
        this.routes = plan.routes();
        this.orders = plan.targets();
        this.planId = steps.id();
        this.steps = says ? steps : null;
        this.stepPassed = counters(routes, metrics::stepPassed);
        this.stepDropped = counters(routes, metrics::stepDropped);
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

    /** Makes the outlet of what goes on by a plan that was received. */
    static RouteOutlet behind(StepsPlan steps, RoutingPlan plan, RouteMetrics metrics) {
        return new RouteOutlet(plan, steps, false, metrics);
    }

    private static Counter[][] counters(List<Route> routes, BiFunction<String, Integer, Counter> counter) {
        return routes.stream()
                .map(route -> IntStream.rangeClosed(1, route.steps().steps().size())
                        .mapToObj(step -> counter.apply(route.name(), step))
                        .toArray(Counter[]::new))
                .toArray(Counter[][]::new);
    }

    /** Says where the decisions about the next record go. */
    void into(Collector<Outbound> collector, Sides side) {
        out = collector;
        sides = side;
    }

    /** Has the plan said again before the next event that needs it: whoever heard it may have forgotten it. */
    void sayPlanAgain() {
        isPlanSaid = false;
    }

    /** Returns what is counted of the plan for the audit. */
    PlanTally tally() {
        return tally;
    }

    @Override
    public void event(String topic) {
        tally.event(topic);
    }

    @Override
    public void refused(String topic) {
        tally.refused(topic);
    }

    @Override
    public void undecided(int route) {
        tally.undecided(route);
    }

    @Override
    public void failed(int route) {
        tally.failed(route);
    }

    @Override
    public void askedAgain(int route) {
        tally.askedAgain(route);
    }

    @Override
    public void sentAgain(int route, int destination) {
        matched[route].inc();
        tally.sentAgain(route, destination);
    }

    @Override
    public void failedOfGone(String route) {
        tally.failedOfGone(route);
    }

    @Override
    public void handed(int route, int destination) {
        tally.handed(route, destination);
    }

    @Override
    public void received() {
        metrics.received.inc();
    }

    @Override
    public void matched(int route) {
        matched[route].inc();
        tally.matched(route);
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
    public void push(int route, String target, MeshEvent event, MeshEvent read) {
        boolean isOrdered = orders.get(target) == Order.PER_KEY;
        String key = isOrdered ? orderKey(event) : null;
        Parcel parcel = Parcel.of(routes.get(route).name(), target, event, read, key);
        requireSides().put(isOrdered ? Sides.ORDERED_PARCELS : Sides.PARCELS, parcel);
    }

    /** Returns the key events of one order have in common, if the event has one. */
    private static @Nullable String orderKey(MeshEvent event) {
        String key = event.attribute("partitionkey");
        return key == null ? event.attribute("subject") : key;
    }

    private Sides requireSides() {
        if (sides == null) {
            throw new IllegalStateException("a decision was made outside of an element");
        }
        return sides;
    }

    @Override
    public void deadLetter(Reason reason, WireRecord record) {
        metrics.deadLetters.count(reason);
        collect(deadLetterTopic, record);
    }

    @Override
    public void stepPassed(int route, int step) {
        stepPassed[route][step].inc();
    }

    @Override
    public void stepDropped(int route, int step) {
        stepDropped[route][step].inc();
        tally.dropped(route);
    }

    @Override
    public void ask(int route, int step, Question question, MeshEvent event, MeshEvent read) {
        Sides where = requireSides();
        if (steps != null && !isPlanSaid) {
            where.put(Sides.PLANS, steps);
            isPlanSaid = true;
        }
        where.put(Sides.PENDING, new Pending(planId, routes.get(route).name(), step, question, event, read));
    }

    private void collect(String topic, WireRecord record) {
        if (out == null) {
            throw new IllegalStateException("a decision was made outside of an element");
        }
        out.collect(new Outbound(topic, record));
    }
}
