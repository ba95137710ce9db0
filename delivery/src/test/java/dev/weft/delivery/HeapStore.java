package dev.weft.delivery;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Keeps parcels in memory, and what was kept as it was at that time. */
final class HeapStore implements ParcelStore {

    /** In one bucket. */
    record Slot(int bucket, Place place) {}

    private record Key(int bucket, String target, String key) {}

    private final Map<Slot, Parcel> parcels = new HashMap<>();
    private final Map<Slot, Parcel> flying = new HashMap<>();
    private final Map<Key, Hold> holds = new HashMap<>();
    private final Map<Key, Kept> ledgers = new HashMap<>();

    /** When parcels are due: what a timer service remembers. */
    final Map<Slot, Long> timers = new TreeMap<>((a, b) -> {
        int buckets = Integer.compare(a.bucket(), b.bucket());
        return buckets != 0
                ? buckets
                : Long.compare(a.place().number(), b.place().number());
    });

    private record Kept(long[] numbers, Map<String, Long> parked, Map<String, Long> retrying) {}

    /** Returns what a restart finds of it. */
    HeapStore copy() {
        HeapStore copy = new HeapStore();
        copy.parcels.putAll(parcels);
        copy.flying.putAll(flying);
        copy.holds.putAll(holds);
        copy.ledgers.putAll(ledgers);
        copy.timers.putAll(timers);
        return copy;
    }

    /** Returns how many parcels are kept in it, those on their way not counted. */
    int size() {
        return parcels.size();
    }

    int heldKeys() {
        return holds.size();
    }

    @Override
    public @Nullable Parcel get(int bucket, Place place) {
        return parcels.get(new Slot(bucket, place));
    }

    @Override
    public void put(int bucket, Place place, Parcel parcel) {
        if (parcels.put(new Slot(bucket, place), parcel) != null) {
            throw new IllegalStateException(place + " was taken");
        }
    }

    @Override
    public void remove(int bucket, Place place) {
        if (parcels.remove(new Slot(bucket, place)) == null) {
            throw new IllegalStateException(place + " was free");
        }
    }

    @Override
    public @Nullable Hold hold(int bucket, String target, String key) {
        return holds.get(new Key(bucket, target, key));
    }

    @Override
    public void keepHold(int bucket, String target, String key, @Nullable Hold hold) {
        if (hold == null) {
            holds.remove(new Key(bucket, target, key));
        } else {
            holds.put(new Key(bucket, target, key), hold);
        }
    }

    @Override
    public void putFlying(int bucket, String target, long flight, Parcel parcel) {
        flying.put(new Slot(bucket, Place.flying(target, flight)), parcel);
    }

    @Override
    public void removeFlying(int bucket, String target, long flight) {
        flying.remove(new Slot(bucket, Place.flying(target, flight)));
    }

    @Override
    public void keepLedger(Ledger ledger) {
        Kept kept = new Kept(ledger.numbers(), Map.copyOf(ledger.parked()), Map.copyOf(ledger.retrying()));
        ledgers.put(new Key(ledger.bucket(), ledger.target(), ""), kept);
    }

    @Override
    public Collection<Ledger> ledgers(String target) {
        List<Ledger> found = new ArrayList<>();
        ledgers.forEach((key, kept) -> {
            if (key.target().equals(target)) {
                found.add(Ledger.kept(key.bucket(), target, kept.numbers(), kept.parked(), kept.retrying()));
            }
        });
        return found;
    }

    @Override
    public Collection<Flying> flying(String target) {
        List<Flying> found = new ArrayList<>();
        flying.forEach((slot, parcel) -> {
            if (slot.place().target().equals(target)) {
                found.add(new Flying(slot.bucket(), slot.place().number(), parcel));
            }
        });
        return found;
    }
}
