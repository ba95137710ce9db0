package dev.weft.job.flink;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.jspecify.annotations.Nullable;

/**
 * What paused routes want, each route's in the order it came, in Flink's keyed state. The key is a bucket: a subtask
 * puts into one of its own. After a change of the parallelism it may own several; it takes what the others hold first,
 * then that of its own.
 *
 * <p>In memory is only how far each bucket is filled; {@link #keep} writes it down with each checkpoint. Not safe for
 * several threads, but for {@link #count}.
 */
final class ParkedEvents {

    /** The names by which savepoints know the states. */
    static final String EVENTS = "parked";

    static final String FROM = "parked-from";
    static final String TO = "parked-to";

    /** Between a route's name, which holds none, and a number. */
    private static final char BETWEEN = '\n';

    private final KeyedStateBackend<Integer> backend;
    private final int own;
    private final MapState<String, ParkedEvent> events;
    private final MapState<String, Long> from;
    private final MapState<String, Long> to;
    private final Map<String, List<Lane>> lanes = new TreeMap<>();
    private final Set<Lane> changed = new HashSet<>();
    private final Map<String, Long> counts = new ConcurrentHashMap<>();

    /** What of one route is in one bucket: the events from one number to before another. */
    private static final class Lane {
        private final String route;
        private final int bucket;
        private long from;
        private long to;

        Lane(String route, int bucket, long from, long to) {
            this.route = route;
            this.bucket = bucket;
            this.from = from;
            this.to = to;
        }
    }

    /**
     * Takes up what the state has.
     *
     * @param own the bucket into which this subtask puts events
     */
    ParkedEvents(RuntimeContext context, KeyedStateBackend<Integer> backend, int own) {
        this.backend = backend;
        this.own = own;
        this.events = context.getMapState(
                new MapStateDescriptor<>(EVENTS, StringSerializer.INSTANCE, ParkedEventSerializer.INSTANCE));
        this.from =
                context.getMapState(new MapStateDescriptor<>(FROM, StringSerializer.INSTANCE, LongSerializer.INSTANCE));
        this.to = context.getMapState(new MapStateDescriptor<>(TO, StringSerializer.INSTANCE, LongSerializer.INSTANCE));
        takeUp();
    }

    private void takeUp() {
        List<Integer> buckets;
        try (Stream<Integer> keys = backend.getKeys(TO, VoidNamespace.INSTANCE)) {
            buckets = new ArrayList<>(keys.distinct().sorted().toList());
        }
        // Behind all others, as what comes now is put there.
        if (buckets.remove((Integer) own)) {
            buckets.add(own);
        }
        for (int bucket : buckets) {
            in(bucket, () -> {
                for (Map.Entry<String, Long> end : to.entries()) {
                    String route = end.getKey();
                    Lane lane = new Lane(route, bucket, requireNonNull(from.get(route)), end.getValue());
                    lanesOf(route).add(lane);
                    counts.merge(route, lane.to - lane.from, Long::sum);
                }
                return null;
            });
        }
    }

    /** Returns the routes of which something is here. */
    Set<String> routes() {
        return Set.copyOf(lanes.keySet());
    }

    /** Returns how much of a route is here; any thread may ask. */
    long count(String route) {
        return counts.getOrDefault(route, 0L);
    }

    /** Puts an event behind all others of its route. */
    void put(String route, ParkedEvent event) {
        List<Lane> ofRoute = lanesOf(route);
        Lane last = ofRoute.isEmpty() ? null : ofRoute.get(ofRoute.size() - 1);
        if (last == null || last.bucket != own) {
            last = new Lane(route, own, 0, 0);
            ofRoute.add(last);
        }
        String place = place(route, last.to++);
        in(own, () -> {
            events.put(place, event);
            return null;
        });
        changed.add(last);
        counts.merge(route, 1L, Long::sum);
    }

    /** Takes the first of a route; null if there is none. */
    @Nullable
    ParkedEvent take(String route) {
        List<Lane> ofRoute = lanes.get(route);
        if (ofRoute == null) {
            return null;
        }
        Lane first = ofRoute.get(0);
        String place = place(route, first.from++);
        ParkedEvent event = in(first.bucket, () -> {
            ParkedEvent found = events.get(place);
            events.remove(place);
            return found;
        });
        changed.add(first);
        counts.computeIfPresent(route, (name, count) -> count == 1 ? null : count - 1);
        if (first.from == first.to) {
            ofRoute.remove(0);
        }
        if (ofRoute.isEmpty()) {
            lanes.remove(route);
        }
        return requireNonNull(event, "what is counted is there");
    }

    /** Writes down how far each bucket is filled, as part of a checkpoint. */
    void keep() {
        for (Lane lane : changed) {
            in(lane.bucket, () -> {
                if (lane.from == lane.to) {
                    from.remove(lane.route);
                    to.remove(lane.route);
                } else {
                    from.put(lane.route, lane.from);
                    to.put(lane.route, lane.to);
                }
                return null;
            });
        }
        changed.clear();
    }

    private List<Lane> lanesOf(String route) {
        return lanes.computeIfAbsent(route, name -> new ArrayList<>());
    }

    private static String place(String route, long number) {
        return route + BETWEEN + number;
    }

    private <T> @Nullable T in(int bucket, Access<T> access) {
        backend.setCurrentKey(bucket);
        try {
            return access.make();
        } catch (Exception e) {
            throw new IllegalStateException("the state of paused routes cannot be used", e);
        }
    }

    private interface Access<T> {
        @Nullable
        T make() throws Exception;
    }
}
