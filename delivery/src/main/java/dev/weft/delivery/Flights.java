package dev.weft.delivery;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;

/** The parcels of one courier that are under way: in memory, and in the store only when a checkpoint keeps them. */
final class Flights {

    private final String target;
    private final ParcelStore store;
    private final Map<Long, Flight> flights = new HashMap<>();

    /** The flights the store has, and their buckets. */
    private final Map<Long, Integer> kept = new HashMap<>();

    private final Set<String> keys = new HashSet<>();
    private long next;

    Flights(String target, ParcelStore store) {
        this.target = target;
        this.store = store;
    }

    /** Returns what was under way when the store was kept, and has the store forget it. */
    Collection<ParcelStore.Flying> interrupted() {
        Collection<ParcelStore.Flying> before = store.flying(target);
        for (ParcelStore.Flying flying : before) {
            store.removeFlying(flying.bucket(), target, flying.flight());
            next = Math.max(next, flying.flight() + 1);
        }
        return before;
    }

    int count() {
        return flights.size();
    }

    /** Whether one with the order key of the parcel is under way. */
    boolean hasKeyOf(Parcel parcel) {
        String key = parcel.orderKey();
        return key != null && keys.contains(key);
    }

    /** Returns the number of the flight. */
    long begin(Flight flight) {
        String key = flight.parcel().orderKey();
        if (key != null) {
            keys.add(key);
        }
        long number = next++;
        flights.put(number, flight);
        return number;
    }

    Flight end(long number) {
        Flight flight = requireNonNull(flights.remove(number), "a call ends once");
        String key = flight.parcel().orderKey();
        if (key != null) {
            keys.remove(key);
        }
        return flight;
    }

    void keep() {
        Iterator<Map.Entry<Long, Integer>> before = kept.entrySet().iterator();
        while (before.hasNext()) {
            Map.Entry<Long, Integer> flight = before.next();
            if (!flights.containsKey(flight.getKey())) {
                store.removeFlying(flight.getValue(), target, flight.getKey());
                before.remove();
            }
        }
        flights.forEach((number, flight) -> {
            if (kept.putIfAbsent(number, flight.bucket()) == null) {
                store.putFlying(flight.bucket(), target, number, flight.parcel());
            }
        });
    }

    /** Adds how many there are, by route. */
    void count(Map<String, Outstanding> counts) {
        for (Flight flight : flights.values()) {
            counts.merge(flight.parcel().route(), Outstanding.IN_FLIGHT, Outstanding::plus);
        }
    }
}
