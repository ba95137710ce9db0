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
 * <p>What is read from where dead letters are sent again is a {@link Redrive}'s.
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

        /** No route and no ingress wants the event, and every route could decide. */
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

        /** For the audit: an event of that topic is asked of the routes. */
        default void event(String topic) {}

        /** For the audit: a record of that topic is no event, and goes to the dead letter. */
        default void refused(String topic) {}

        /** For the audit: the route of that number cannot tell. The event goes to the dead letter once for all such. */
        default void undecided(int route) {}

        /** For the audit: the event ended in the dead letter on the way through the route of that number. */
        default void failed(int route) {}

        /** For the audit: as {@link #failed}, of a route that is gone. */
        default void failedOfGone(String route) {}

        /**
         * For the audit: the event is where the route of that number delivers, by the place among its
         * {@link Route#destinations()}. A channel has it also if it was written there for another route.
         */
        default void handed(int route, int destination) {}

        /** For the audit: the route of that number, and no other, is asked about an event that is sent again. */
        default void askedAgain(int route) {}

        /** For the audit: an event is sent again to one destination of the route of that number, which wants it. */
        default void sentAgain(int route, int destination) {}
    }

    /** Is shown every event that the routes are asked about, whatever becomes of it. */
    public interface Watcher {

        /**
         * Sees an event.
         *
         * @param time when it happened, milliseconds since 1970
         */
        void see(MeshEvent event, long time);
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
    private final Redrive redrive;
    private final @Nullable String redriveTopic;

    /** By the number of the route; routes that deliver events as they are have none. */
    private final Map<Integer, Transformer> transformers = new HashMap<>();

    /** The routes that deliver events as they are, to targets among others. */
    private final BitSet pushing = new BitSet();

    /** By the number of the route, the channels to which it delivers events as they are. */
    private final int[][] asTheyAre;

    /** The routes that park what they want. */
    private final BitSet parked = new BitSet();

    private @Nullable Parking parking;
    private @Nullable Watcher watcher;
    private @Nullable FunctionFeed feed;
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
        this.asTheyAre = new int[plan.routes().size()][];
        this.redrive = new Redrive(plan, outlet, delivery, this::deliver);
        this.redriveTopic = plan.redriveTopic();
        for (int i = 0; i < plan.routes().size(); i++) {
            Route route = plan.routes().get(i);
            asTheyAre[i] = route.deliversAsItIs() ? delivery.numbers(route.to()) : new int[0];
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

    /** Shows every event to the watcher from the next on. */
    public void watch(Watcher by) {
        watcher = by;
    }

    /** Shows every event to the ingress of functions from the next on. */
    public void feed(FunctionFeed functions) {
        feed = functions;
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
            outlet.failedOfGone(route);
            delivery.bury(event, Reason.ROUTE_REMOVED, "route " + route + " was removed while it was paused", route);
        } else if (Expiry.isOver(event, now)) {
            outlet.failed(number);
            delivery.bury(event, Reason.EXPIRED, "its expirytime passed while route " + route + " was paused", route);
        } else {
            deliver(number, event);
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
        if (feed != null && feed.isRaw(received.origin().topic())) {
            feed.takeRaw(received, outlet);
        } else {
            received.giveTo(this);
        }
    }

    @Override
    public void onRefused(RefusedRecord refused) {
        outlet.refused(refused.origin().topic());
        outlet.deadLetter(refused.reason(), DeadLetter.of(refused, plan.job()));
    }

    @Override
    public void onEvent(MeshEvent received) {
        MeshEvent event = received.readBy(plan.payloads());
        outlet.event(event.origin().topic());
        delivery.next();
        if (event.origin().topic().equals(redriveTopic)) {
            redrive.take(event, clock, feed);
        } else {
            if (watcher != null) {
                watcher.see(event, time);
            }
            boolean fed = feed != null && feed.take(event, clock, outlet);
            route(received, event, fed);
        }
    }

    private void route(MeshEvent received, MeshEvent event, boolean fed) {
        routes.decide(event, decision);
        if (decision.matchedCount() > 0 && Expiry.isOver(event, clock)) {
            buryExpired(event);
            return;
        }
        for (int i = 0; i < decision.matchedCount(); i++) {
            int route = decision.matched(i);
            outlet.matched(route);
            if (pushing.get(route) && !parked.get(route)) {
                delivery.push(route, event, event);
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
        } else if (decision.matchedCount() == 0 && !fed) {
            outlet.unmatched();
        }
    }

    private void write(MeshEvent event) {
        for (int i = 0; i < decision.targetCount(); i++) {
            delivery.writeAsRead(event, decision.target(i));
        }
        handAsTheyAre();
        for (int i = 0; i < decision.changingCount(); i++) {
            deliverChanged(decision.changing(i), event);
        }
    }

    /** Each route that delivers the event as it is tells which of its channels have it now. */
    private void handAsTheyAre() {
        for (int i = 0; i < decision.matchedCount(); i++) {
            handAsItIs(decision.matched(i));
        }
    }

    private void handAsItIs(int route) {
        int[] channels = asTheyAre[route];
        for (int j = 0; j < channels.length; j++) {
            if (delivery.has(channels[j])) {
                outlet.handed(route, j);
            }
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
                deliverChanged(decision.changing(i), event);
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
        handAsItIs(route);
    }

    /** Delivers an event that one route wants. */
    private void deliver(int number, MeshEvent event) {
        if (plan.routes().get(number).deliversAsItIs()) {
            writeAsRead(number, event);
            delivery.push(number, event, event);
        } else {
            deliverChanged(number, event);
        }
    }

    private void deliverChanged(int number, MeshEvent event) {
        Transformer transformer = transformers.get(number);
        if (transformer == null) {
            steps.start(number, event, time);
            return;
        }
        Route route = plan.routes().get(number);
        Transformed transformed = transformer.apply(event);
        if (transformed instanceof Transformed.Failed failed) {
            String detail = "the transform of route " + route.name() + " failed: " + failed.detail();
            outlet.failed(number);
            delivery.bury(event, Reason.TRANSFORM_FAILED, detail, route.name());
            return;
        }
        MeshEvent changed = ((Transformed.Done) transformed).event();
        for (int i = 0; i < route.to().size(); i++) {
            delivery.writeChanged(changed, route.to().get(i));
            outlet.handed(number, i);
        }
        delivery.push(number, changed, event);
    }

    private void buryExpired(MeshEvent event) {
        for (int i = 0; i < decision.matchedCount(); i++) {
            outlet.matched(decision.matched(i));
            outlet.failed(decision.matched(i));
        }
        tellUndecided();
        for (int i = 0; i < decision.failedCount(); i++) {
            outlet.expressionFailed(decision.failed(i));
        }
        String route = plan.routes().get(decision.matched(0)).name();
        delivery.bury(event, Reason.EXPIRED, "its expirytime " + event.attribute("expirytime") + " is over", route);
    }

    private void tellUndecided() {
        for (int i = 0; i < decision.undecidedCount(); i++) {
            outlet.undecided(decision.undecided(i));
        }
    }

    private void buryUndecided(MeshEvent event) {
        tellUndecided();
        String route = plan.routes().get(decision.undecided(0)).name();
        String damage = requireNonNull(decision.damage());
        delivery.bury(event, Reason.UNREADABLE_PAYLOAD, damage, route);
    }
}
