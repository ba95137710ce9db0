package dev.weft.job;

import static java.util.Objects.requireNonNull;

import dev.weft.event.DeadLetter;
import dev.weft.event.Expiry;
import dev.weft.event.MeshEvent;
import dev.weft.event.Reason;
import dev.weft.event.Received;
import dev.weft.event.RefusedRecord;
import dev.weft.event.WireRecord;
import dev.weft.filter.RuleMemory;
import dev.weft.route.Decision;
import dev.weft.route.Route;
import dev.weft.route.RouteTable;
import dev.weft.route.TopicNames;
import dev.weft.route.chain.Question;
import dev.weft.route.transform.Transform;
import dev.weft.route.transform.Transformed;
import dev.weft.route.transform.Transformer;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides what becomes of each record that was read: written to the channels its routes name, dropped because no route
 * wants it, or put into the dead letter. Nothing else becomes of a record, so none is lost.
 *
 * <p>An event some route cannot decide about, because its payload is damaged, goes to the dead letter once, naming the
 * first such route, and is delivered all the same by the routes that could decide.
 *
 * <p>An event is written once to each channel that some route delivers it to as it is. What routes with a transform
 * make of it differs, so each of them is written besides. Where a transform fails, the event as it was read goes to the
 * dead letter, once for each such route, and the other routes are not concerned. What steps of a route do,
 * {@link RouteSteps} tells.
 *
 * <p>An event whose {@code expirytime} has passed is not delivered: where some route wants it, it goes to the dead
 * letter, once, naming the first such route.
 *
 * <p>Not safe for use by several threads: it reuses its working memory.
 */
public final class Dispatcher implements Received.Receiver {

    /** Where a dispatcher's decisions go. */
    public interface Outlet {

        /** A record was read. */
        void received();

        /** The route of that number, in the order of the job config, wants the event. */
        void matched(int route);

        /**
         * The route of that number does not want the event, because an expression of its rule could not be evaluated.
         */
        void expressionFailed(int route);

        /** No route wants the event, and every route could decide. */
        void unmatched();

        /** The record is to be written to the channel of that number, in the order of the job config. */
        void deliver(int channel, WireRecord record);

        /**
         * The event is to be delivered to a target.
         *
         * @param event as it is to be delivered
         * @param read as it was read; the same object where nothing has changed it
         */
        void push(int route, String target, MeshEvent event, MeshEvent read);

        /** The record is to be written to the dead letter channel. */
        void deadLetter(Reason reason, WireRecord record);

        /** An event passed a step of the route of that number; steps are counted from 0. */
        void stepPassed(int route, int step);

        /** An event was not wanted by a step of the route of that number; steps are counted from 0. */
        void stepDropped(int route, int step);

        /**
         * Whether an event passes a step depends on what is remembered under the question's key. It is to go there, and
         * {@linkplain RouteSteps#resume on}.
         *
         * @param event as it is at the step
         * @param read as it was read; the same object while no step has changed it
         */
        void ask(int route, int step, Question question, MeshEvent event, MeshEvent read);
    }

    /** Where events wait that paused routes want. */
    public interface Parking {

        /**
         * An event waits, until it is {@linkplain Dispatcher#deliverParked delivered}.
         *
         * @param event as it was read
         * @param time the event time it came with
         * @param written the channels that have it already, as other routes wanted it there
         */
        void park(String route, MeshEvent event, long time, List<String> written);
    }

    private final RoutingPlan plan;
    private final RouteTable routes;
    private final Outlet outlet;
    private final Decision decision = new Decision();
    private final Delivery delivery;
    private final RouteSteps steps;

    /** By the number of the route; routes that deliver events as they are have none. */
    private final Map<Integer, Transformer> transformers = new HashMap<>();

    /** The routes that deliver events as they are, to targets among others. */
    private final BitSet pushing = new BitSet();

    /** The routes that park what they want. */
    private final BitSet parked = new BitSet();

    private @Nullable Parking parking;
    private long time;
    private long clock;

    public Dispatcher(RoutingPlan plan, Outlet outlet) {
        this(plan, outlet, RouteTable.of(plan.routes(), topics(plan)));
    }

    private Dispatcher(RoutingPlan plan, Outlet outlet, RouteTable routes) {
        this.plan = plan;
        this.outlet = outlet;
        this.routes = routes;
        this.delivery = new Delivery(plan, outlet);
        this.steps = new RouteSteps(plan, outlet, delivery);
        for (int i = 0; i < plan.routes().size(); i++) {
            Route route = plan.routes().get(i);
            pushing.set(i, route.deliversAsItIs() && !route.push().isEmpty());
            Transform transform = route.transform();
            if (transform != null) {
                transformers.put(i, new Transformer(transform, plan.maxEventBytes()));
            }
        }
    }

    private static Map<String, TopicNames> topics(RoutingPlan plan) {
        Map<String, TopicNames> topics = new LinkedHashMap<>();
        for (ChannelConfig channel : plan.channels()) {
            topics.put(channel.name(), channel.topics());
        }
        return topics;
    }

    /**
     * Returns the dispatcher of another plan, made of this one: what is the same is not made again, and its first event
     * waits for nothing. Takes its time, for a thread that has it; this one may be used meanwhile.
     */
    public Dispatcher successor(RoutingPlan next, Outlet nextOutlet) {
        RouteTable changed = routes.changed(next.routes(), topics(next)).merged();
        return new Dispatcher(next, nextOutlet, changed);
    }

    /** Has these routes, and no others, park what they want from the next event on; names of none are ignored. */
    public void park(Set<String> names, Parking at) {
        parked.clear();
        for (int i = 0; i < plan.routes().size() && !names.isEmpty(); i++) {
            parked.set(i, names.contains(plan.routes().get(i).name()));
        }
        parking = at;
    }

    /**
     * Delivers an event that was parked, as its route does now, whatever that route would decide about it now. If there
     * is no such route any more, the event goes to the dead letter.
     *
     * @param now the time, by which events expire
     */
    public void deliverParked(String route, MeshEvent parkedEvent, long eventTime, List<String> written, long now) {
        time = eventTime;
        MeshEvent event = parkedEvent.readBy(plan.payloads());
        delivery.next();
        written.forEach(delivery::isWritten);
        int number = numberOf(route);
        if (number < 0) {
            delivery.bury(event, Reason.ROUTE_REMOVED, "route " + route + " was removed while it was paused", route);
        } else if (Expiry.isOver(event, now)) {
            delivery.bury(event, Reason.EXPIRED, "its expirytime passed while route " + route + " was paused", route);
        } else if (plan.routes().get(number).deliversAsItIs()) {
            writeAsRead(number, event);
            push(number, event, event);
        } else {
            change(number, event);
        }
    }

    private int numberOf(String route) {
        for (int i = 0; i < plan.routes().size(); i++) {
            if (plan.routes().get(i).name().equals(route)) {
                return i;
            }
        }
        return -1;
    }

    /** Returns how many routes decide. */
    public int routeCount() {
        return plan.routes().size();
    }

    /**
     * Returns about how much memory the rules take; any thread may ask. Rules are compiled when their topic's first
     * event comes.
     */
    public RuleMemory ruleMemory() {
        return routes.memory();
    }

    /** Decides about one record as if it were the moment of its Kafka timestamp, by every clock. */
    public void dispatch(Received received) {
        long timestamp = received.origin().timestamp();
        dispatch(received, timestamp, timestamp);
    }

    /**
     * Decides about one record and tells the outlet.
     *
     * @param eventTime what time it is for steps that remember, in milliseconds since 1970
     * @param now what the clock on the wall shows, by which events expire, in milliseconds since 1970
     */
    public void dispatch(Received received, long eventTime, long now) {
        time = eventTime;
        clock = now;
        outlet.received();
        received.giveTo(this);
    }

    @Override
    public void onRefused(RefusedRecord refused) {
        outlet.deadLetter(refused.reason(), DeadLetter.of(refused, plan.job()));
    }

    @Override
    public void onEvent(MeshEvent received) {
        MeshEvent event = received.readBy(plan.payloads());
        delivery.next();
        routes.decide(event, decision);
        if (decision.matchedCount() > 0 && Expiry.isOver(event, clock)) {
            buryExpired(event);
            return;
        }
        for (int i = 0; i < decision.matchedCount(); i++) {
            int route = decision.matched(i);
            outlet.matched(route);
            if (pushing.get(route) && !parked.get(route)) {
                push(route, event, event);
            }
        }
        for (int i = 0; i < decision.failedCount(); i++) {
            outlet.expressionFailed(decision.failed(i));
        }
        if (parked.isEmpty()) {
            write(event);
        } else {
            writeOrPark(received, event);
        }
        if (decision.undecidedCount() > 0) {
            buryUndecided(event);
        } else if (decision.matchedCount() == 0) {
            outlet.unmatched();
        }
    }

    private void write(MeshEvent event) {
        for (int i = 0; i < decision.targetCount(); i++) {
            delivery.writeAsRead(event, decision.target(i));
        }
        for (int i = 0; i < decision.changingCount(); i++) {
            change(decision.changing(i), event);
        }
    }

    /** As {@link #write}, but route by route: what a decision has put together is not what all of them do now. */
    private void writeOrPark(MeshEvent received, MeshEvent event) {
        for (int i = 0; i < decision.matchedCount(); i++) {
            int route = decision.matched(i);
            if (!parked.get(route) && plan.routes().get(route).deliversAsItIs()) {
                writeAsRead(route, event);
            }
        }
        for (int i = 0; i < decision.changingCount(); i++) {
            if (!parked.get(decision.changing(i))) {
                change(decision.changing(i), event);
            }
        }
        for (int i = 0; i < decision.matchedCount(); i++) {
            int route = decision.matched(i);
            if (parked.get(route)) {
                String name = plan.routes().get(route).name();
                requireNonNull(parking).park(name, received, time, delivery.written());
            }
        }
    }

    private void writeAsRead(int route, MeshEvent event) {
        plan.routes().get(route).to().forEach(channel -> delivery.writeAsRead(event, channel));
    }

    private void change(int route, MeshEvent event) {
        Transformer transformer = transformers.get(route);
        if (transformer == null) {
            steps.start(route, event, time);
        } else {
            deliverChanged(event, route, transformer);
        }
    }

    private void deliverChanged(MeshEvent event, int number, Transformer transformer) {
        Route route = plan.routes().get(number);
        Transformed transformed = transformer.apply(event);
        if (transformed instanceof Transformed.Failed failed) {
            String detail = "the transform of route " + route.name() + " failed: " + failed.detail();
            delivery.bury(event, Reason.TRANSFORM_FAILED, detail, route.name());
            return;
        }
        MeshEvent changed = ((Transformed.Done) transformed).event();
        route.to().forEach(channel -> delivery.writeChanged(changed, channel));
        push(number, changed, event);
    }

    private void push(int route, MeshEvent event, MeshEvent read) {
        plan.routes().get(route).push().forEach(target -> outlet.push(route, target, event, read));
    }

    private void buryExpired(MeshEvent event) {
        for (int i = 0; i < decision.matchedCount(); i++) {
            outlet.matched(decision.matched(i));
        }
        for (int i = 0; i < decision.failedCount(); i++) {
            outlet.expressionFailed(decision.failed(i));
        }
        String route = plan.routes().get(decision.matched(0)).name();
        delivery.bury(event, Reason.EXPIRED, "its expirytime " + event.attribute("expirytime") + " is over", route);
    }

    private void buryUndecided(MeshEvent event) {
        String route = plan.routes().get(decision.undecided(0)).name();
        String damage = requireNonNull(decision.damage());
        delivery.bury(event, Reason.UNREADABLE_PAYLOAD, damage, route);
    }
}
