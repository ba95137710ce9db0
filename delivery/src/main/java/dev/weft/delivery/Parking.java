package dev.weft.delivery;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The parcels of one courier that wait, by bucket: in queues, for their time, and behind others of their key. Knows
 * where each is and which is next; not when it may go. Nothing of a parcel is in memory but what the {@link Ledger}s
 * count.
 */
final class Parking {

    private final String target;
    private final ParcelStore store;
    private final Map<Integer, Ledger> ledgers = new TreeMap<>();
    private final Set<Ledger> ready = new LinkedHashSet<>();
    private volatile long bytes;
    private volatile long parcels;

    /** A parcel that was the first of its bucket's queues. */
    record Taken(Ledger ledger, Parcel parcel, boolean wasDue) {}

    Parking(String target, ParcelStore store) {
        this.target = target;
        this.store = store;
    }

    /** Takes up what the store has, once, before anything else. */
    @SuppressWarnings("NonAtomicOperationOnVolatileField") // one thread writes, others read
    void restore() {
        for (Ledger ledger : store.ledgers(target)) {
            ledgers.put(ledger.bucket(), ledger);
            bytes += ledger.bytes();
            parcels += ledger.size();
            if (ledger.hasReady()) {
                ready.add(ledger);
            }
        }
    }

    /** Returns how large what waits is; may be called by any thread. */
    long bytes() {
        return bytes;
    }

    /** Returns how many wait; may be called by any thread. */
    long parcels() {
        return parcels;
    }

    Ledger ledger(int bucket) {
        return ledgers.computeIfAbsent(bucket, it -> new Ledger(it, target));
    }

    /** Whether any bucket has a parcel in its queues. */
    boolean hasReady() {
        return !ready.isEmpty();
    }

    /** Returns the buckets that have a parcel in their queues, as it is now. */
    List<Ledger> ready() {
        return new ArrayList<>(ready);
    }

    /** Queues a parcel that was never tried. */
    void enqueue(Ledger ledger, Parcel parcel) {
        boolean wasReady = ledger.hasReady();
        put(ledger, Place.queue(target, ledger.queueTail++), parcel);
        if (!wasReady) {
            ready.add(ledger);
        }
    }

    /** Queues a parcel before those that were never tried. */
    void makeDue(Ledger ledger, Parcel parcel) {
        boolean wasReady = ledger.hasReady();
        put(ledger, Place.due(target, ledger.dueTail++), parcel);
        if (!wasReady) {
            ready.add(ledger);
        }
    }

    /** Returns what {@link #takeNext} would take of a bucket that has a parcel in its queues. */
    Parcel peek(Ledger ledger) {
        Place first = ledger.hasDue() ? Place.due(target, ledger.dueHead) : Place.queue(target, ledger.queueHead);
        return get(ledger, first);
    }

    /** Takes the next parcel of the queues; buckets take turns. There must be one. */
    Taken takeNext() {
        Ledger ledger = ready.iterator().next();
        ready.remove(ledger);
        Taken next = takeNext(ledger);
        if (ledger.hasReady()) {
            ready.add(ledger);
        }
        return next;
    }

    /**
     * Takes the next parcel of a bucket out of its turn. There must be one; who has taken all calls
     * {@link #forgetEmpty}.
     */
    Taken takeNext(Ledger ledger) {
        boolean isDue = ledger.hasDue();
        Place first = isDue ? Place.due(target, ledger.dueHead++) : Place.queue(target, ledger.queueHead++);
        return new Taken(ledger, take(ledger, first), isDue);
    }

    /** Gives no turn to buckets that have nothing in their queues. */
    void forgetEmpty() {
        ready.removeIf(ledger -> !ledger.hasReady());
    }

    /** Has a parcel wait for its time. Returns the number by which it is taken then. */
    long putLater(Ledger ledger, Parcel parcel) {
        long number = ledger.nextLater++;
        put(ledger, Place.later(target, number), parcel);
        return number;
    }

    /** Returns the parcel whose time has come; null if it was taken before. */
    @Nullable
    Parcel takeLater(Ledger ledger, long number) {
        Place place = Place.later(target, number);
        Parcel parcel = store.get(ledger.bucket(), place);
        if (parcel != null) {
            taken(ledger, place, parcel);
        }
        return parcel;
    }

    /** Whether the order key of the parcel is held, if it has one: an earlier one of that key is not through. */
    boolean isHeld(Ledger ledger, Parcel parcel) {
        String key = parcel.orderKey();
        return key != null && ledger.holds > 0 && store.hold(ledger.bucket(), target, key) != null;
    }

    /** Holds the order key of the parcel, if it has one: later ones are to wait behind it. */
    void hold(Ledger ledger, Parcel parcel) {
        String key = parcel.orderKey();
        if (key != null && !isHeld(ledger, parcel)) {
            store.keepHold(ledger.bucket(), target, key, Hold.EMPTY);
            ledger.holds++;
            ledger.changed();
        }
    }

    /** Has a parcel wait behind those of its order key. */
    void putBehind(Ledger ledger, Parcel parcel) {
        String key = requireNonNull(parcel.orderKey());
        hold(ledger, parcel);
        Hold hold = requireNonNull(store.hold(ledger.bucket(), target, key));
        put(ledger, Place.behind(target, key, hold.tail()), parcel);
        store.keepHold(ledger.bucket(), target, key, hold.withOneMore());
    }

    /** Takes the next parcel that waits behind the parcel; if none does, its order key is held no more. */
    @Nullable
    Parcel takeBehind(Ledger ledger, Parcel parcel) {
        String key = parcel.orderKey();
        if (key == null || ledger.holds == 0) {
            return null;
        }
        Hold hold = store.hold(ledger.bucket(), target, key);
        if (hold == null) {
            return null;
        }
        boolean isLast = hold.isEmpty();
        store.keepHold(ledger.bucket(), target, key, isLast ? null : hold.withOneLess());
        if (isLast) {
            ledger.holds--;
            ledger.changed();
            return null;
        }
        return take(ledger, Place.behind(target, key, hold.head()));
    }

    private Parcel get(Ledger ledger, Place place) {
        return requireNonNull(store.get(ledger.bucket(), place), "a ledger knows what is parked");
    }

    private Parcel take(Ledger ledger, Place place) {
        Parcel parcel = get(ledger, place);
        taken(ledger, place, parcel);
        return parcel;
    }

    @SuppressWarnings("NonAtomicOperationOnVolatileField") // one thread writes, others read
    private void put(Ledger ledger, Place place, Parcel parcel) {
        store.put(ledger.bucket(), place, parcel);
        ledger.added(parcel);
        bytes += parcel.size();
        parcels++;
    }

    @SuppressWarnings("NonAtomicOperationOnVolatileField") // one thread writes, others read
    private void taken(Ledger ledger, Place place, Parcel parcel) {
        store.remove(ledger.bucket(), place);
        ledger.removed(parcel);
        bytes -= parcel.size();
        parcels--;
    }

    /** Puts into the store what is in memory only: the ledgers that have changed. */
    void keep() {
        for (Ledger ledger : ledgers.values()) {
            if (ledger.isChanged()) {
                store.keepLedger(ledger);
                ledger.isKept();
            }
        }
    }

    /** Adds how many there are, by route. */
    void count(Map<String, Outstanding> counts) {
        for (Ledger ledger : ledgers.values()) {
            ledger.parked().forEach((route, n) -> counts.merge(route, Outstanding.parked(n), Outstanding::plus));
            ledger.retrying().forEach((route, n) -> counts.merge(route, Outstanding.retrying(n), Outstanding::plus));
        }
    }
}
