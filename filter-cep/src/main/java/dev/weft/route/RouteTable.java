package dev.weft.route;

import dev.weft.event.MeshEvent;
import dev.weft.filter.Explanation;
import dev.weft.filter.Rule;
import dev.weft.filter.RuleIndex;
import dev.weft.filter.RuleSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

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

    /** Returns the topics that events came from so far; safe to ask while another thread decides. */
    public Set<String> topics() {
        return Set.copyOf(byTopic.keySet());
    }

    /** Makes ready what is asked of the events of these topics, so that the first of them does not wait for it. */
    public void prepare(Set<String> topics) {
        topics.forEach(topic -> byTopic.computeIfAbsent(topic, this::tableOf));
    }

    private TopicTable tableOf(String topic) {
        return TopicTable.of(topic, this, matcher);
    }

    /** Returns whether the route of that number is asked about events of that topic. */
    public boolean reads(int route, String topic) {
        return routes.get(route).from().stream().anyMatch(channel -> covers(channel, topic));
    }

    private boolean covers(String channel, String topic) {
        TopicNames names = channels.get(channel);
        return names != null && names.covers(topic);
    }

    /** Returns why the route of that number does or does not want the event, whatever topic it was read from. */
    public Explanation explain(int route, MeshEvent event) {
        return matcher.apply(List.of(routes.get(route).where())).explain(0, event);
    }
}
