package dev.weft.job;

import static java.util.Objects.requireNonNull;

import dev.weft.event.DeadLetter;
import dev.weft.event.EventFormat;
import dev.weft.event.EventWriter;
import dev.weft.event.MeshEvent;
import dev.weft.event.Reason;
import dev.weft.route.Route;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes events to channels by their names, as each channel says, and to the dead letter. Of one event as it was read,
 * each channel gets one copy at most. Not safe for use by several threads.
 */
final class Delivery {

    private final RoutingPlan plan;
    private final Dispatcher.Outlet outlet;
    private final Map<String, Integer> channelNumbers = new HashMap<>();

    /** The channels that have the event as it was read. */
    private final BitSet asRead = new BitSet();

    Delivery(RoutingPlan plan, Dispatcher.Outlet outlet) {
        this.plan = plan;
        this.outlet = outlet;
        for (ChannelConfig channel : plan.channels()) {
            channelNumbers.put(channel.name(), channelNumbers.size());
        }
    }

    /** Starts with another event. */
    void next() {
        asRead.clear();
    }

    /** Returns the names of the channels that have the event as it was read. */
    List<String> written() {
        return asRead.stream().mapToObj(n -> plan.channels().get(n).name()).toList();
    }

    /** Takes it that a channel has the event as it was read; one that is not known any more is none. */
    void isWritten(String channel) {
        Integer number = channelNumbers.get(channel);
        if (number != null) {
            asRead.set(number);
        }
    }

    /** Writes an event that was changed. */
    void writeChanged(MeshEvent event, String channel) {
        write(event, requireNonNull(channelNumbers.get(channel)));
    }

    /** Writes the event as it was read, unless the channel has it. */
    void writeAsRead(MeshEvent event, String channel) {
        int number = requireNonNull(channelNumbers.get(channel));
        if (!asRead.get(number)) {
            asRead.set(number);
            write(event, number);
        }
    }

    /** Returns whether the channel of that number has the event as it was read. */
    boolean has(int channel) {
        return asRead.get(channel);
    }

    /** Returns the numbers of those channels. */
    int[] numbers(List<String> channels) {
        return channels.stream()
                .mapToInt(channel -> requireNonNull(channelNumbers.get(channel)))
                .toArray();
    }

    /** Sends an event to the targets of the route of that number. */
    void push(int number, MeshEvent event, MeshEvent read) {
        Route route = plan.routes().get(number);
        for (int i = 0; i < route.push().size(); i++) {
            outlet.push(number, route.push().get(i), event, read);
            outlet.handed(number, route.to().size() + i);
        }
    }

    private void write(MeshEvent event, int channel) {
        EventFormat format = plan.channels().get(channel).format();
        outlet.deliver(channel, EventWriter.write(event, format));
    }

    void bury(MeshEvent event, Reason reason, String detail, String route) {
        outlet.deadLetter(reason, DeadLetter.of(event, reason, detail, route, plan.job()));
    }

    /**
     * As above, for an event that was a dead letter before.
     *
     * @param told what the dead letter told of its delivery
     */
    void bury(MeshEvent event, Reason reason, String detail, Map<String, String> told) {
        outlet.deadLetter(reason, DeadLetter.of(event, reason, detail, plan.job(), told));
    }
}
