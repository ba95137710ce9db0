package dev.weft.job.cluster;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a mesh job has counted since it was last started or restored: the counters are not part of its state, so a
 * restart begins at zero.
 *
 * @param received records read from the source topics
 * @param delivered events written to channels; an event that goes to two counts twice
 * @param unmatched events no route wanted
 * @param duplicates events that had passed before and were dropped
 * @param deadLettered records and events written to the dead letter
 * @param matchedByRoute events each route wanted, by the route's name
 * @param deliveredByChannel events written to each channel, by the channel's name
 */
public record MeshCounts(
        long received,
        long delivered,
        long unmatched,
        long duplicates,
        long deadLettered,
        SortedMap<String, Long> matchedByRoute,
        SortedMap<String, Long> deliveredByChannel) {

    /** Nothing counted yet. */
    public static final MeshCounts NONE =
            new MeshCounts(0, 0, 0, 0, 0, Collections.emptySortedMap(), Collections.emptySortedMap());

    private static final String ROUTE = "route.";
    private static final String MATCHED = ".matched";
    private static final String CHANNEL = "channel.";
    private static final String DELIVERED = ".delivered";

    public MeshCounts {
        matchedByRoute = Collections.unmodifiableSortedMap(new TreeMap<>(matchedByRoute));
        deliveredByChannel = Collections.unmodifiableSortedMap(new TreeMap<>(deliveredByChannel));
    }

    /** Returns the events the route wanted; zero for a route that has not counted yet. */
    public long matched(String route) {
        return matchedByRoute.getOrDefault(route, 0L);
    }

    /** Returns the events written to the channel; zero for a channel that has not counted yet. */
    public long delivered(String channel) {
        return deliveredByChannel.getOrDefault(channel, 0L);
    }

    /** Reads the counters of the job's {@code weft} metric group, by their names inside that group. */
    static MeshCounts of(Map<String, Long> counters) {
        SortedMap<String, Long> routes = new TreeMap<>();
        SortedMap<String, Long> channels = new TreeMap<>();
        counters.forEach((name, count) -> {
            if (name.startsWith(ROUTE) && name.endsWith(MATCHED)) {
                routes.put(name.substring(ROUTE.length(), name.length() - MATCHED.length()), count);
            } else if (name.startsWith(CHANNEL) && name.endsWith(DELIVERED)) {
                channels.put(name.substring(CHANNEL.length(), name.length() - DELIVERED.length()), count);
            }
        });
        return new MeshCounts(
                counters.getOrDefault("received", 0L),
                counters.getOrDefault("delivered", 0L),
                counters.getOrDefault("unmatched", 0L),
                counters.getOrDefault("duplicates", 0L),
                counters.getOrDefault("deadLettered", 0L),
                routes,
                channels);
    }
}
