package dev.weft.route;

import dev.weft.event.MeshEvent;
import dev.weft.filter.Explanation;
import dev.weft.filter.PlainRuleSet;
import dev.weft.filter.Rule;
import dev.weft.filter.RuleIndex;
import dev.weft.filter.RuleMemory;
import dev.weft.filter.RuleSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * All routes of a mesh, asked about one event at a time. An event is asked only of the routes that read a channel of
 * its topic; an event of a topic that no channel covers goes nowhere.
 *
 * <p>Safe to share between threads as long as each has its own {@link Decision}.
 */
public final class RouteTable {

    private final List<Route> routes;
    private final Map<String, TopicNames> channels;
    private final Function<List<Rule>, RuleSet> matcher;

    /**
     * What is asked of each topic's events, made when its first event comes: topics by pattern are not known before.
     */
    private final Map<String, TopicTable> byTopic = new ConcurrentHashMap<>();

    private RouteTable(List<Route> routes, Map<String, TopicNames> channels, Function<List<Rule>, RuleSet> matcher) {
        this.routes = List.copyOf(routes);
        this.channels = Map.copyOf(channels);
        this.matcher = matcher;
        for (Route route : routes) {
            for (String channel : route.from()) {
                if (!channels.containsKey(channel)) {
                    throw new IllegalArgumentException(
                            "route " + route.name() + " reads the unknown channel " + channel);
                }
            }
        }
    }

    /**
     * Returns the table of these routes, with the rules of each topic in one {@link RuleIndex}.
     *
     * @param channels by name; every channel that a route reads is among them
     */
    public static RouteTable of(List<Route> routes, Map<String, TopicNames> channels) {
        return of(routes, channels, RuleIndex::of);
    }

    /** As {@link #of(List, Map)}, with the rules of each topic matched by what {@code matcher} makes of them. */
    public static RouteTable of(
            List<Route> routes, Map<String, TopicNames> channels, Function<List<Rule>, RuleSet> matcher) {
        return new RouteTable(routes, channels, matcher);
    }

    /**
     * Returns the table of other routes. Routes are the same if their names are; of those that ask for the same events
     * as before nothing is compiled again, so the time it takes is mostly that of the routes that are new or ask for
     * others. This table stays as it is, and a {@link Decision} may be used with both in turn.
     *
     * @param channels by name; every channel that a route reads is among them
     */
    public RouteTable changed(List<Route> others, Map<String, TopicNames> channels) {
        RouteTable changed = new RouteTable(others, channels, matcher);
        byTopic.forEach((topic, table) -> changed.byTopic.put(topic, table.changed(topic, changed)));
        return changed;
    }

    /**
     * Returns about how much memory the rules keep of all topics that events came from so far; a route counts once for
     * each topic it reads.
     */
    public RuleMemory memory() {
        return byTopic.values().stream().map(TopicTable::memory).reduce(RuleMemory.NONE, RuleMemory::plus);
    }

    /** Returns whether {@link #merged} would change nothing. */
    public boolean isMerged() {
        return byTopic.values().stream().allMatch(TopicTable::isMerged);
    }

    /**
     * Returns the same table in a form that is faster to ask: changes leave rules in pieces, each of which costs a
     * little per event. Takes some ten microseconds for each rule that is put together with others, so it is for a
     * thread that has time; if the table has been changed meanwhile, what is returned is out of date.
     */
    public RouteTable merged() {
        if (isMerged()) {
            return this;
        }
        RouteTable merged = new RouteTable(routes, channels, matcher);
        byTopic.forEach((topic, table) -> merged.byTopic.put(topic, table.merged()));
        return merged;
    }

    /** Returns the routes; their places are the numbers by which a {@link Decision} knows them. */
    public List<Route> routes() {
        return routes;
    }

    /**
     * Decides where the event goes, by the topic it was read from.
     *
     * @param reuse takes the answer, in place of what it held
     * @return {@code reuse}
     */
    public Decision decide(MeshEvent event, Decision reuse) {
        String topic = event.origin().topic();
        TopicTable table = byTopic.get(topic);
        if (table == null) {
            table = byTopic.computeIfAbsent(topic, this::tableOf);
        }
        table.decide(event, reuse);
        return reuse;
    }

    private TopicTable tableOf(String topic) {
        return TopicTable.of(topic, this, matcher);
    }

    /** Returns whether the route of that number is asked about events of that topic. */
    public boolean reads(int route, String topic) {
        return routes.get(route).from().stream().anyMatch(channel -> covers(channel, topic));
    }

    /** Returns the numbers of the routes that are asked about events of that topic. */
    int[] readersOf(String topic) {
        Set<String> covering = channels.keySet().stream()
                .filter(channel -> covers(channel, topic))
                .collect(Collectors.toSet());
        return IntStream.range(0, routes.size())
                .filter(route ->
                        !Collections.disjoint(covering, routes.get(route).from()))
                .toArray();
    }

    private boolean covers(String channel, String topic) {
        TopicNames names = channels.get(channel);
        return names != null && names.covers(topic);
    }

    /** Returns why the route of that number does or does not want the event, whatever topic it was read from. */
    public Explanation explain(int route, MeshEvent event) {
        return PlainRuleSet.of(List.of(routes.get(route).where())).explain(0, event);
    }
}
