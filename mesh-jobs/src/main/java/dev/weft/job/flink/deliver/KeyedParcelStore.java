package dev.weft.job.flink.deliver;

import dev.weft.delivery.Hold;
import dev.weft.delivery.Ledger;
import dev.weft.delivery.Parcel;
import dev.weft.delivery.ParcelStore;
import dev.weft.delivery.Place;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.jspecify.annotations.Nullable;

/** Keeps parcels in Flink's keyed state; the bucket is the key. */
final class KeyedParcelStore implements ParcelStore {

    /** The names by which savepoints know the states. */
    static final String PARCELS = "parcels";

    static final String FLYING = "flying";
    static final String HOLDS = "holds";
    static final String LEDGERS = "ledgers";

    /** Between a target's name, which holds none, and an order key. */
    private static final char BETWEEN = '\n';

    private final KeyedStateBackend<Integer> backend;
    private final MapState<Place, Parcel> parcels;
    private final MapState<Place, Parcel> flying;
    private final MapState<String, Hold> holds;
    private final MapState<String, KeptLedger> ledgers;

    KeyedParcelStore(RuntimeContext context, KeyedStateBackend<Integer> backend) {
        this.backend = backend;
        this.parcels = context.getMapState(
                new MapStateDescriptor<>(PARCELS, PlaceSerializer.INSTANCE, ParcelSerializer.INSTANCE));
        this.flying = context.getMapState(
                new MapStateDescriptor<>(FLYING, PlaceSerializer.INSTANCE, ParcelSerializer.INSTANCE));
        this.holds = context.getMapState(
                new MapStateDescriptor<>(HOLDS, StringSerializer.INSTANCE, HoldSerializer.INSTANCE));
        this.ledgers = context.getMapState(
                new MapStateDescriptor<>(LEDGERS, StringSerializer.INSTANCE, KeptLedgerSerializer.INSTANCE));
    }

    @Override
    public @Nullable Parcel get(int bucket, Place place) {
        return in(bucket, () -> parcels.get(place));
    }

    @Override
    public void put(int bucket, Place place, Parcel parcel) {
        change(bucket, () -> parcels.put(place, parcel));
    }

    @Override
    public void remove(int bucket, Place place) {
        change(bucket, () -> parcels.remove(place));
    }

    @Override
    public @Nullable Hold hold(int bucket, String target, String key) {
        return in(bucket, () -> holds.get(target + BETWEEN + key));
    }

    @Override
    public void keepHold(int bucket, String target, String key, @Nullable Hold hold) {
        change(bucket, () -> {
            if (hold == null) {
                holds.remove(target + BETWEEN + key);
            } else {
                holds.put(target + BETWEEN + key, hold);
            }
        });
    }

    @Override
    public void putFlying(int bucket, String target, long flight, Parcel parcel) {
        change(bucket, () -> flying.put(Place.flying(target, flight), parcel));
    }

    @Override
    public void removeFlying(int bucket, String target, long flight) {
        change(bucket, () -> flying.remove(Place.flying(target, flight)));
    }

    @Override
    public void keepLedger(Ledger ledger) {
        KeptLedger kept = new KeptLedger(ledger.numbers(), ledger.parked(), ledger.retrying());
        change(ledger.bucket(), () -> ledgers.put(ledger.target(), kept));
    }

    @Override
    public Collection<Ledger> ledgers(String target) {
        List<Ledger> found = new ArrayList<>();
        for (int bucket : keys(LEDGERS)) {
            KeptLedger kept = in(bucket, () -> ledgers.get(target));
            if (kept != null) {
                found.add(Ledger.kept(bucket, target, kept.numbers(), kept.parked(), kept.retrying()));
            }
        }
        return found;
    }

    @Override
    public Collection<Flying> flying(String target) {
        List<Flying> found = new ArrayList<>();
        for (int bucket : keys(FLYING)) {
            change(bucket, () -> {
                for (Map.Entry<Place, Parcel> entry : flying.entries()) {
                    if (entry.getKey().target().equals(target)) {
                        found.add(new Flying(bucket, entry.getKey().number(), entry.getValue()));
                    }
                }
            });
        }
        return found;
    }

    /** Returns every target for which something was kept. */
    Set<String> targets() {
        Set<String> targets = new TreeSet<>();
        for (int bucket : keys(LEDGERS)) {
            change(bucket, () -> ledgers.keys().forEach(targets::add));
        }
        return targets;
    }

    private List<Integer> keys(String state) {
        try (Stream<Integer> keys = backend.getKeys(state, VoidNamespace.INSTANCE)) {
            return keys.distinct().sorted().toList();
        }
    }

    private <T> @Nullable T in(int bucket, Reading<T> reading) {
        backend.setCurrentKey(bucket);
        try {
            return reading.read();
        } catch (Exception e) {
            throw new IllegalStateException("the state of targets cannot be read", e);
        }
    }

    private void change(int bucket, Change change) {
        backend.setCurrentKey(bucket);
        try {
            change.make();
        } catch (Exception e) {
            throw new IllegalStateException("the state of targets cannot be written", e);
        }
    }

    private interface Reading<T> {
        @Nullable
        T read() throws Exception;
    }

    private interface Change {
        void make() throws Exception;
    }
}
