package dev.weft.job;

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
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Decides what becomes of each record that was read: written to the channels its routes name, dropped because no route
 * wants it, or put into the dead letter. Every record ends in exactly one of these, so what is received is what is
 * matched, unmatched or refused.
 *
 * <p>An event some route cannot decide about, because its payload is damaged, goes to the dead letter once, naming the
 * first such route, and is delivered by the routes that could decide.
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

        /** No route wants the event, and every route could decide. */
        void unmatched();

        /** The record is to be written to the channel of that number, in the order of the job config. */
        void deliver(int channel, WireRecord record);

        /** The record is to be written to the dead letter channel. */
        void deadLetter(Reason reason, WireRecord record);
    }

    private final String job;
    private final RouteTable routes;
    private final List<String> routeNames;
    private final Map<String, Integer> channelNumbers = new HashMap<>();
    private final EventFormat[] formats;
    private final Outlet outlet;
    private final Decision decision = new Decision();

    public Dispatcher(JobConfig config, RouteTable routes, Outlet outlet) {
        this.job = config.name();
        this.routes = routes;
        this.routeNames = config.routes().stream().map(route -> route.name()).toList();
        this.outlet = outlet;
        this.formats = new EventFormat[config.channels().size()];
        for (int i = 0; i < formats.length; i++) {
            ChannelConfig channel = config.channels().get(i);
            channelNumbers.put(channel.name(), i);
            formats[i] = channel.format();
        }
    }

    /** Decides about one record and tells the outlet. */
    public void dispatch(Received received) {
        outlet.received();
        received.giveTo(this);
    }

    @Override
    public void onRefused(RefusedRecord refused) {
        outlet.deadLetter(refused.reason(), DeadLetter.of(refused, job));
    }

    @Override
    public void onEvent(MeshEvent event) {
        routes.decide(event, decision);
        for (int i = 0; i < decision.matchedCount(); i++) {
            outlet.matched(decision.matched(i));
        }
        for (int i = 0; i < decision.targetCount(); i++) {
            int channel = channelNumbers.get(decision.target(i));
            outlet.deliver(channel, EventWriter.write(event, formats[channel]));
        }
        if (decision.undecidedCount() > 0) {
            String route = routeNames.get(decision.undecided(0));
            String damage = String.valueOf(decision.damage());
            outlet.deadLetter(
                    Reason.UNREADABLE_PAYLOAD,
                    DeadLetter.of(event, Reason.UNREADABLE_PAYLOAD, "the payload is not JSON: " + damage, route, job));
        } else if (decision.matchedCount() == 0) {
            outlet.unmatched();
        }
    }
}
