package dev.weft.job.audit;

import dev.weft.job.ChannelConfig;
import dev.weft.job.RoutingPlan;
import dev.weft.route.Route;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Counts what one plan decides, by the numbers of its routes, until it is {@linkplain #settle settled} into a book.
 * Nothing is counted of a route that does not want the event: how many it did not want follows from how many there
 * were. Not safe for use by several threads.
 *
 * <p>An event that several routes deliver as it is to one channel is written there once. Each of them counts it: each
 * has had its event delivered.
 */
public final class PlanTally {

    private final List<ChannelConfig> channels;
    private final List<Route> routes;
    private final long[] matched;
    private final long[] undecided;
    private final long[] dropped;
    private final long[] failed;

    /** By route and the place among its destinations. */
    private final long[][] handed;

    private final long[] askedAgain;
    private final long[][] sentAgain;

    private final Map<String, Long> failedOfGone = new HashMap<>();
    private final Map<String, Topic> topics = new HashMap<>();
    private @Nullable Topic last;

    private @Nullable Book book;
    private long[][][] rows = {};

    /** What was read of one topic, and who reads it. */
    private static final class Topic {
        private final String name;
        private final int[] readers;
        private long events;
        private long refused;

        Topic(String name, int[] readers) {
            this.name = name;
            this.readers = readers;
        }
    }

    public PlanTally(RoutingPlan plan) {
        channels = plan.channels();
        routes = plan.routes();
        matched = new long[routes.size()];
        undecided = new long[routes.size()];
        dropped = new long[routes.size()];
        failed = new long[routes.size()];
        handed = destinations();
        askedAgain = new long[routes.size()];
        sentAgain = destinations();
    }

    private long[][] destinations() {
        return routes.stream()
                .map(route -> new long[route.destinations().size()])
                .toArray(long[][]::new);
    }

    /** An event of the topic is asked of the routes. */
    public void event(String topic) {
        topic(topic).events++;
    }

    /** A record of the topic is no event. */
    public void refused(String topic) {
        topic(topic).refused++;
    }

    @SuppressWarnings("ReferenceEquality") // Kafka's client gives the records of a partition one and the same name
    private Topic topic(String name) {
        Topic before = last;
        if (before == null || before.name != name) {
            before = topics.computeIfAbsent(name, it -> new Topic(it, readersOf(it)));
            last = before;
        }
        return before;
    }

    /** The route of that number wants the event. */
    public void matched(int route) {
        matched[route]++;
    }

    /** The route of that number cannot tell. */
    public void undecided(int route) {
        undecided[route]++;
    }

    /** A step of the route of that number does not want the event. */
    public void dropped(int route) {
        dropped[route]++;
    }

    /** The event ended in the dead letter on the way through the route of that number. */
    public void failed(int route) {
        failed[route]++;
    }

    /** The event was handed to where the route delivers, by the place among its {@link Route#destinations()}. */
    public void handed(int route, int destination) {
        handed[route][destination]++;
    }

    /** The route of that number, and no other, is asked about an event that is sent again. */
    public void askedAgain(int route) {
        askedAgain[route]++;
    }

    /** An event is sent again to one destination of the route of that number, which wants it. */
    public void sentAgain(int route, int destination) {
        sentAgain[route][destination]++;
    }

    /** An event that waited for a route which is gone ended in the dead letter. */
    public void failedOfGone(String route) {
        failedOfGone.merge(route, 1L, Long::sum);
    }

    /** Adds how many events wait before each route, for each of its destinations. */
    public void held(ToLongFunction<String> waiting, Book into) {
        for (Route route : routes) {
            long count = waiting.applyAsLong(route.name());
            if (count != 0) {
                route.destinations().forEach(to -> into.add(new Leg(route.name(), to), Item.HELD, count));
            }
        }
    }

    /** Moves all that was counted into the book, and begins anew. */
    @SuppressWarnings("ReferenceEquality")
    public void settle(Book into) {
        if (book != into) {
            book = into;
            rows = rows(into);
        }
        long[] received = new long[matched.length];
        for (Topic topic : topics.values()) {
            if (topic.events != 0 || topic.refused != 0) {
                into.add(topic.name, new Reading(topic.events, topic.refused));
                for (int route : topic.readers) {
                    received[route] += topic.events;
                }
                topic.events = 0;
                topic.refused = 0;
            }
        }
        for (int route = 0; route < received.length; route++) {
            settle(route, received[route] + askedAgain[route]);
        }
        failedOfGone.forEach((route, count) -> into.addOfRoute(route, Item.FAILED, count));
        failedOfGone.clear();
        for (long[] counts : List.of(matched, undecided, dropped, failed, askedAgain)) {
            Arrays.fill(counts, 0);
        }
    }

    private void settle(int route, long received) {
        int channelCount = routes.get(route).to().size();
        for (int i = 0; i < handed[route].length; i++) {
            long[] row = rows[route][i];
            row[Item.RECEIVED.ordinal()] += received + sentAgain[route][i];
            row[Item.MATCHED.ordinal()] += matched[route] + sentAgain[route][i];
            row[Item.UNDECIDED.ordinal()] += undecided[route];
            row[Item.DROPPED.ordinal()] += dropped[route];
            row[Item.FAILED.ordinal()] += failed[route];
            row[(i < channelCount ? Item.WRITTEN : Item.PUSHED).ordinal()] += handed[route][i];
            handed[route][i] = 0;
            sentAgain[route][i] = 0;
        }
    }

    private long[][][] rows(Book into) {
        List<long[][]> all = new ArrayList<>();
        for (Route route : routes) {
            all.add(route.destinations().stream()
                    .map(destination -> into.row(new Leg(route.name(), destination)))
                    .toArray(long[][]::new));
        }
        return all.toArray(long[][][]::new);
    }

    private int[] readersOf(String topic) {
        Set<String> covering = channels.stream()
                .filter(channel -> channel.topics().covers(topic))
                .map(ChannelConfig::name)
                .collect(Collectors.toSet());
        List<Integer> readers = new ArrayList<>();
        for (int i = 0; i < routes.size(); i++) {
            if (routes.get(i).from().stream().anyMatch(covering::contains)) {
                readers.add(i);
            }
        }
        return readers.stream().mapToInt(Integer::intValue).toArray();
    }
}
