package dev.weft.job;

import static java.util.Objects.requireNonNull;

import dev.weft.event.DeadLetter;
import dev.weft.event.EventFormat;
import dev.weft.event.EventWriter;
import dev.weft.event.MeshEvent;
import dev.weft.event.Reason;
import dev.weft.event.Received;
import dev.weft.event.RefusedRecord;
import dev.weft.event.WireRecord;
import dev.weft.route.Decision;
import dev.weft.route.RouteTable;
import dev.weft.route.TopicNames;
import dev.weft.route.transform.Transform;
import dev.weft.route.transform.Transformed;
import dev.weft.route.transform.Transformer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Decides what becomes of each record that was read: written to the channels its routes name, dropped because no route
 * wants it, or put into the dead letter. Nothing else becomes of a record, so none is lost.
 *
 * <p>An event some route cannot decide about, because its payload is damaged, goes to the dead letter once, naming the
 * first such route, and is delivered all the same by the routes that could decide.
 *
 * <p>An event is written once to each channel that some route delivers it to as it is. What routes with a transform
 * make of it differs, so each of them is written besides. Where a transform fails, the event as it was read goes to the
 * dead letter, once for each such route, and the other routes are not concerned.
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

        /** The record is to be written to the dead letter channel. */
        void deadLetter(Reason reason, WireRecord record);
    }

    private final RoutingPlan plan;
    private final RouteTable routes;
    private final Outlet outlet;
    private final Decision decision = new Decision();
    private final Map<String, Integer> channelNumbers = new HashMap<>();

    /** By the number of the route; routes that deliver events as they are have none. */
    private final Map<Integer, Transformer> transformers = new HashMap<>();

    public Dispatcher(RoutingPlan plan, Outlet outlet) {
        this.plan = plan;
        this.outlet = outlet;
        Map<String, TopicNames> topics = new LinkedHashMap<>();
        for (ChannelConfig channel : plan.channels()) {
            channelNumbers.put(channel.name(), channelNumbers.size());
            topics.put(channel.name(), channel.topics());
        }
        this.routes = RouteTable.of(plan.routes(), topics);
        for (int i = 0; i < plan.routes().size(); i++) {
            Transform transform = plan.routes().get(i).transform();
            if (transform != null) {
                transformers.put(i, new Transformer(transform, plan.maxEventBytes()));
            }
        }
    }

    /**
     * Returns the dispatcher of another plan, made ready for the topics this one was asked about: its first event waits
     * for nothing. May be called in another thread while this one is used.
     */
    public Dispatcher successor(RoutingPlan next, Outlet nextOutlet) {
        Dispatcher successor = new Dispatcher(next, nextOutlet);
        successor.routes.prepare(routes.topics());
        return successor;
    }

    /** Decides about one record and tells the outlet. */
    public void dispatch(Received received) {
        outlet.received();
        received.giveTo(this);
    }

    @Override
    public void onRefused(RefusedRecord refused) {
        outlet.deadLetter(refused.reason(), DeadLetter.of(refused, plan.job()));
    }

    @Override
    public void onEvent(MeshEvent event) {
        routes.decide(event, decision);
        for (int i = 0; i < decision.matchedCount(); i++) {
            outlet.matched(decision.matched(i));
        }
        for (int i = 0; i < decision.failedCount(); i++) {
            outlet.expressionFailed(decision.failed(i));
        }
        for (int i = 0; i < decision.targetCount(); i++) {
            deliver(event, decision.target(i));
        }
        for (int i = 0; i < decision.changingCount(); i++) {
            deliverChanged(event, decision.changing(i));
        }
        if (decision.undecidedCount() > 0) {
            outlet.deadLetter(Reason.UNREADABLE_PAYLOAD, undecided(event));
        } else if (decision.matchedCount() == 0) {
            outlet.unmatched();
        }
    }

    private void deliverChanged(MeshEvent event, int route) {
        Transformed transformed = requireNonNull(transformers.get(route)).apply(event);
        if (transformed instanceof Transformed.Failed failed) {
            String name = plan.routes().get(route).name();
            String detail = "the transform of route " + name + " failed: " + failed.detail();
            outlet.deadLetter(
                    Reason.TRANSFORM_FAILED, DeadLetter.of(event, Reason.TRANSFORM_FAILED, detail, name, plan.job()));
            return;
        }
        MeshEvent changed = ((Transformed.Done) transformed).event();
        plan.routes().get(route).to().forEach(channel -> deliver(changed, channel));
    }

    private void deliver(MeshEvent event, String name) {
        int channel = requireNonNull(channelNumbers.get(name));
        EventFormat format = plan.channels().get(channel).format();
        outlet.deliver(channel, EventWriter.write(event, format));
    }

    private WireRecord undecided(MeshEvent event) {
        String route = plan.routes().get(decision.undecided(0)).name();
        String detail = "the payload is not the JSON it says it is: " + decision.damage();
        return DeadLetter.of(event, Reason.UNREADABLE_PAYLOAD, detail, route, plan.job());
    }
}
