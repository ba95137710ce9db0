package dev.weft.workflow.host;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weft.event.MeshEvent;
import dev.weft.function.Address;
import dev.weft.function.Message;
import dev.weft.function.TypedValue;
import dev.weft.workflow.jq.JqBudget;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Tells which functions an event is for, where it comes into the job. Each filter is asked once, of however many
 * definitions it is; and only those are asked that may want events of that type. An event starts the instances that
 * schedules want, and goes to where instances wait for it, by the values of it that they wait for.
 *
 * <p>Keeps nothing. Not safe for use by several threads.
 */
public final class EventRouter {

    /** The attribute that holds the trace an event belongs to. */
    private static final String TRACE = "traceparent";

    private final int shards;
    private final JqBudget budget;
    private final Map<String, List<Wanting>> byType = new HashMap<>();

    /** What may want events of any type. */
    private final List<Wanting> others = new ArrayList<>();

    /**
     * Makes a router.
     *
     * @param nanoTime bounds the time that expressions take
     */
    public EventRouter(WorkflowBook book, HostSettings settings, LongSupplier nanoTime) {
        this.shards = settings.shards();
        this.budget = JqBudget.usual(nanoTime);
        for (Listened listened : listened(book, settings)) {
            index(listened.filter, listened);
        }
        for (Workflow workflow : book.newest()) {
            ScheduledEvents.of(workflow)
                    .ifPresent(events ->
                            events.filters().forEach(filter -> index(filter.asked(), new Scheduled(events, filter))));
        }
    }

    private Iterable<Listened> listened(WorkflowBook book, HostSettings settings) {
        Map<String, Listened> byKey = new LinkedHashMap<>();
        for (Workflow workflow : book.all()) {
            long keepMillis = workflow.earlyEvents(settings).toMillis();
            for (AskedFilter filter : workflow.listened()) {
                byKey.merge(
                        filter.key(),
                        new Listened(filter, keepMillis),
                        (one, other) -> one.keepMillis >= other.keepMillis ? one : other);
            }
        }
        return byKey.values();
    }

    private void index(AskedFilter filter, Wanting wanting) {
        String type = filter.type();
        (type == null ? others : byType.computeIfAbsent(type, unused -> new ArrayList<>())).add(wanting);
    }

    /**
     * Gives the messages that come of an event, for definitions that see the events of all channels.
     *
     * @param now milliseconds since 1970
     */
    public void route(MeshEvent event, long now, Consumer<Message> taker) {
        route(event, List.of(), now, taker);
    }

    /**
     * Gives the messages that come of an event.
     *
     * @param channels the names of those it was read from, of which there may be several
     * @param now milliseconds since 1970
     */
    public void route(MeshEvent event, Collection<String> channels, long now, Consumer<Message> taker) {
        List<Wanting> ofType = byType.getOrDefault(event.getType(), Collections.emptyList());
        if (ofType.isEmpty() && others.isEmpty()) {
            return;
        }
        IncomingEvent incoming = new IncomingEvent(event);
        long put = event.origin().timestamp();
        Taking taking = new Taking(
                incoming,
                put >= 0 && put <= now ? put : now,
                budget,
                (target, argument) -> taker.accept(new Message(target, null, argument, event.attribute(TRACE))));
        offer(taking, channels, ofType);
        offer(taking, channels, others);
    }

    private static void offer(Taking taking, Collection<String> channels, List<Wanting> all) {
        for (Wanting wanting : all) {
            if (wanting.filter().isOf(channels)) {
                wanting.offer(taking);
            }
        }
    }

    /** Somebody who may want events. */
    private interface Wanting {
        AskedFilter filter();

        void offer(Taking event);
    }

    /** Takes what is to be sent. */
    interface Outlet {
        void send(Address target, TypedValue argument);
    }

    /**
     * An event that is offered.
     *
     * @param at when it was put where it was read from, milliseconds since 1970
     */
    record Taking(IncomingEvent event, long at, JqBudget budget, Outlet outlet) {}

    /** Those that wait by a filter. */
    private final class Listened implements Wanting {

        private final AskedFilter filter;
        private final long keepMillis;

        Listened(AskedFilter filter, long keepMillis) {
            this.filter = filter;
            this.keepMillis = keepMillis;
        }

        @Override
        public AskedFilter filter() {
            return filter;
        }

        @Override
        public void offer(Taking taking) {
            IncomingEvent event = taking.event();
            if (!filter.holds(event, taking.budget())) {
                return;
            }
            List<JsonNode> values = filter.values(event, taking.budget());
            if (values == null) {
                return;
            }
            TypedValue message =
                    new CorrelationMessage.Event(taking.at(), event.identity(), keepMillis, event.bytes()).form();
            if (filter.hasValues()) {
                taking.outlet().send(CorrelationAddress.of(filter.key(), values), message);
                return;
            }
            for (int shard = 0; shard < shards; shard++) {
                taking.outlet().send(CorrelationAddress.ofShard(filter.key(), shard), message);
            }
        }
    }

    /** A schedule. */
    private record Scheduled(ScheduledEvents events, ScheduledEvents.Filter wanted) implements Wanting {
        @Override
        public AskedFilter filter() {
            return wanted.asked();
        }

        @Override
        public void offer(Taking taking) {
            events.offer(wanted, taking);
        }
    }
}
