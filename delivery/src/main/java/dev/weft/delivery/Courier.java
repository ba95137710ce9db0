package dev.weft.delivery;

import static java.util.Objects.requireNonNull;

import dev.weft.event.Expiry;
import dev.weft.http.CallResult;
import dev.weft.http.HttpReply;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Delivers what one subtask has for one target: sends what there is room for, parks the rest, repeats what failed, and
 * gives up what its terms say. Every parcel that is accepted is {@linkplain Outlet#delivered delivered} or
 * {@linkplain Outlet#buried buried} once, or is in the {@link ParcelStore} when that is {@linkplain #keep kept}.
 *
 * <p>Parcels that are under way are in memory only, and in the store when a checkpoint keeps them, so a delivery that
 * goes well touches no store. Of what is parked nothing is in memory but the {@link Ledger}s.
 *
 * <p>Order. Without an order key, parcels leave in the order they came as far as nothing fails. With one, a parcel
 * leaves when the one before it of the same key has arrived or is given up: it waits behind the key's hold until then.
 *
 * <p>Time is an argument everywhere, in epoch milliseconds. Not safe for use by several threads.
 */
public final class Courier {

    /** So many parcels are moved in one go: a courier shares its thread with all else. */
    private static final int MOST_AT_ONCE = 10_000;

    /** What a courier asks of its surroundings. */
    public interface Outlet {

        /** Begins a call, whose result is given to {@link Courier#completed}, not before this returns. */
        void send(long flight, Parcel parcel);

        /**
         * The target says that it has the event. Returns why what it says cannot be taken for an answer, or null if it
         * can.
         */
        @Nullable
        String delivered(Parcel parcel, HttpReply reply, long millis);

        /** The event is given up. */
        void buried(Parcel parcel, Cause cause);

        /** {@link Courier#wake} is to be called at that time, or earlier. Need not survive a restart. */
        void wakeAt(long time);

        /** {@link Courier#due} is to be called at that time. Survives a restart, as the store does. */
        void dueAt(int bucket, long number, long time);
    }

    private final Terms terms;
    private final ParcelStore store;
    private final Outlet outlet;
    private final RandomGenerator random;
    private final Window window;
    private final @Nullable Breaker breaker;
    private final @Nullable Pace pace;
    private final Tally tally = new Tally();

    private final Map<Long, Flight> flights = new HashMap<>();
    private final Map<Long, Integer> keptFlights = new HashMap<>();
    private final Set<String> keysInFlight = new HashSet<>();
    private final Map<Integer, Ledger> ledgers = new TreeMap<>();
    private final Set<Ledger> ready = new LinkedHashSet<>();
    private long nextFlight;
    private long wakeAt = Long.MAX_VALUE;
    private volatile boolean isPaused;
    private long resumedAt;
    private volatile long parkedBytes;
    private volatile long parkedParcels;

    /**
     * Makes the courier of one subtask.
     *
     * @param terms this subtask's {@linkplain Terms#share share}
     * @param random spreads the times of retries
     */
    public Courier(Terms terms, ParcelStore store, Outlet outlet, RandomGenerator random) {
        this.terms = terms;
        this.store = store;
        this.outlet = outlet;
        this.random = random;
        this.window = new Window(terms.concurrency(), terms.adaptive());
        this.breaker = terms.breaker() == null ? null : new Breaker(terms.breaker());
        this.pace = Double.isFinite(terms.rate()) ? new Pace(terms.rate()) : null;
    }

    /** Takes up what the store has, once, before anything else: what was under way is sent again first. */
    public void restore(long now) {
        for (Ledger ledger : store.ledgers(terms.target())) {
            ledgers.put(ledger.bucket(), ledger);
            parkedBytes += ledger.bytes();
            parkedParcels += ledger.size();
            if (ledger.hasReady()) {
                ready.add(ledger);
            }
        }
        for (ParcelStore.Flying flying : store.flying(terms.target())) {
            Parcel parcel = flying.parcel();
            Ledger ledger = ledger(flying.bucket());
            store.removeFlying(flying.bucket(), terms.target(), flying.flight());
            nextFlight = Math.max(nextFlight, flying.flight() + 1);
            if (isOrdered(parcel)) {
                holdKey(ledger, key(parcel));
            }
            makeDue(ledger, parcel);
        }
        drain(now);
    }

    /** Returns the part of the terms that a caller needs, and what has been done. */
    public Tally tally() {
        return tally;
    }

    public Terms terms() {
        return terms;
    }

    /** Whether no more may be parked. Whoever pauses a target says that all is to wait, so then there is no limit. */
    public boolean isFull() {
        return !isPaused && parkedBytes >= terms.parking().maxBytes();
    }

    /** Whether nothing is known that keeps parcels from leaving as calls end. */
    public boolean isFlowing(long now) {
        return !isPaused && (breaker == null || breaker.isClosed()) && (pace == null || pace.next(now) <= now);
    }

    /** Whether a parcel that came now would have to wait. */
    public boolean isBusy() {
        return !ready.isEmpty() || flights.size() >= window.limit();
    }

    /** Returns how many calls are under way. */
    public int inFlight() {
        return flights.size();
    }

    /** Returns how many calls may be under way now. */
    public int windowLimit() {
        return window.limit();
    }

    /** Returns whether the target is taken for dead. */
    public boolean isOpen() {
        return breaker != null && !breaker.isClosed();
    }

    public boolean isPaused() {
        return isPaused;
    }

    public long parkedBytes() {
        return parkedBytes;
    }

    public long parkedParcels() {
        return parkedParcels;
    }

    /** Takes a parcel to deliver. */
    public void accept(int bucket, Parcel parcel, long now) {
        Ledger ledger = ledger(bucket);
        if (!ledger.hasQueue() && isOrdered(parcel) && isHeld(ledger, key(parcel))) {
            putBehind(ledger, parcel);
        } else if (ready.isEmpty() && mayCall(now)) {
            launch(ledger, parcel, now);
        } else {
            // Behind all that is queued, which may hold earlier ones of its key.
            enqueue(ledger, parcel);
            arrangeWaking(now);
        }
    }

    /** Gives up a parcel that came when there was no room for it. */
    public void refuse(Parcel parcel) {
        bury(parcel, Cause.PARKING_FULL);
    }

    /** Takes the result of a call that {@link Outlet#send} began. */
    public void completed(long number, CallResult result, long now) {
        Flight flight = requireNonNull(flights.remove(number), "a call ends once");
        Ledger ledger = ledger(flight.bucket());
        Parcel parcel = flight.parcel();
        tally.attempts++;
        if (isOrdered(parcel)) {
            keysInFlight.remove(key(parcel));
        }
        Outcome outcome = Outcome.of(result, terms.retry(), now);
        if (outcome instanceof Outcome.Delivered delivered) {
            succeeded(ledger, parcel, delivered.reply(), now - flight.startedAt(), now);
        } else if (outcome instanceof Outcome.Failed failed) {
            failed(ledger, parcel, failed, now - flight.startedAt(), now);
        }
        drain(now);
    }

    private void succeeded(Ledger ledger, Parcel parcel, HttpReply reply, long millis, long now) {
        window.succeeded(millis, flights.size() + 1, now);
        if (breaker != null && breaker.succeeded()) {
            window.restart();
        }
        String refusal = outlet.delivered(parcel, reply, millis);
        if (refusal == null) {
            tally.delivered++;
        } else {
            tally.failures++;
            bury(parcel.failed(Outcome.failure(reply, refusal), now), Cause.MALFORMED_REPLY);
        }
        letNext(ledger, parcel, now);
    }

    private void failed(Ledger ledger, Parcel parcel, Outcome.Failed failed, long millis, long now) {
        tally.failures++;
        if (failed.ofTarget()) {
            window.failed(millis, now);
            if (breaker != null) {
                breaker.failed(now);
            }
        } else if (breaker != null && breaker.succeeded()) {
            window.restart(); // whoever refuses an event is there
        }
        Parcel tried = parcel.failed(failed.failure(), now);
        RetryPolicy policy = terms.retry();
        long due = now + policy.delay(tried.attempts(), failed.waitMillis(), random);
        if (!failed.again()) {
            bury(tried, Cause.REFUSED);
            letNext(ledger, tried, now);
        } else if (tried.attempts() >= policy.maxAttempts()
                || due - agesFrom(tried) > policy.maxAge().toMillis()) {
            bury(tried, Cause.EXHAUSTED);
            letNext(ledger, tried, now);
        } else {
            retryAt(ledger, tried, due);
        }
    }

    private void retryAt(Ledger ledger, Parcel parcel, long due) {
        if (isOrdered(parcel)) {
            holdKey(ledger, key(parcel));
        }
        long number = ledger.nextLater++;
        put(ledger, Place.later(terms.target(), number), parcel);
        outlet.dueAt(ledger.bucket(), number, due);
    }

    /** The time of a parcel's next attempt has come. */
    public void due(int bucket, long number, long now) {
        Ledger ledger = ledger(bucket);
        Place place = Place.later(terms.target(), number);
        Parcel parcel = store.get(bucket, place);
        if (parcel != null) {
            take(ledger, place, parcel);
            if (mayCall(now)) {
                launch(ledger, parcel, now);
            } else {
                makeDue(ledger, parcel);
                arrangeWaking(now);
            }
        }
    }

    /** A time has come that was asked for. */
    public void wake(long now) {
        if (now >= wakeAt) {
            wakeAt = Long.MAX_VALUE;
        }
        drain(now);
    }

    /** Sends nothing more until resumed. Calls under way end. */
    public void pause() {
        isPaused = true;
    }

    /** Sends again, what came first first. The age of what has waited counts from now. */
    public void resume(long now) {
        isPaused = false;
        resumedAt = now;
        drain(now);
    }

    /** Returns when this was last resumed, in epoch milliseconds; 0: never. */
    public long resumedAt() {
        return resumedAt;
    }

    /** Says when this was last resumed, before a restart. */
    public void resumedAt(long time) {
        resumedAt = time;
    }

    private long agesFrom(Parcel parcel) {
        return Math.max(parcel.acceptedAt(), resumedAt);
    }

    private void drain(long now) {
        int moved = 0;
        while (!ready.isEmpty() && mayCall(now)) {
            if (moved++ == MOST_AT_ONCE) {
                askToWake(now);
                return;
            }
            Ledger ledger = ready.iterator().next();
            ready.remove(ledger);
            Parcel parcel = nextOf(ledger, now);
            if (ledger.hasReady()) {
                ready.add(ledger);
            }
            if (parcel != null) {
                launch(ledger, parcel, now);
            }
        }
        giveUpOld(now);
        arrangeWaking(now);
    }

    /** Takes the next parcel of a ledger's queues; null if it has to wait on behind its key. */
    private @Nullable Parcel nextOf(Ledger ledger, long now) {
        if (ledger.dueHead < ledger.dueTail) {
            return take(ledger, Place.due(terms.target(), ledger.dueHead++));
        }
        Parcel parcel = take(ledger, Place.queue(terms.target(), ledger.queueHead++));
        if (isOrdered(parcel) && isHeld(ledger, key(parcel))) {
            putBehind(ledger, parcel);
            return null;
        }
        return parcel;
    }

    /** While a target is taken for dead nobody tries its parcels, so they are given up here when their time is over. */
    private void giveUpOld(long now) {
        if (isPaused || !isOpen()) {
            return;
        }
        List<Ledger> waiting = new ArrayList<>(ready);
        int buried = 0;
        for (Ledger ledger : waiting) {
            while (ledger.hasReady() && buried < MOST_AT_ONCE && expiresAt(ledger) <= now) {
                boolean isDue = ledger.dueHead < ledger.dueTail;
                Parcel old = isDue
                        ? take(ledger, Place.due(terms.target(), ledger.dueHead++))
                        : take(ledger, Place.queue(terms.target(), ledger.queueHead++));
                buried++;
                if (!isDue && isOrdered(old) && isHeld(ledger, key(old))) {
                    putBehind(ledger, old);
                } else {
                    bury(old, Cause.EXHAUSTED);
                    release(ledger, old);
                }
            }
        }
        ready.removeIf(ledger -> !ledger.hasReady());
        if (buried == MOST_AT_ONCE) {
            askToWake(now);
        }
    }

    /** Returns when the first parcel of a ledger is given up for its age. */
    private long expiresAt(Ledger ledger) {
        Place first = ledger.dueHead < ledger.dueTail
                ? Place.due(terms.target(), ledger.dueHead)
                : Place.queue(terms.target(), ledger.queueHead);
        Parcel parcel = requireNonNull(store.get(ledger.bucket(), first));
        return agesFrom(parcel) + terms.retry().maxAge().toMillis();
    }

    /** Something waits: asks to be woken when it may go on without anything else happening. */
    private void arrangeWaking(long now) {
        if (ready.isEmpty() || isPaused) {
            return;
        }
        long next = now;
        if (breaker != null) {
            next = Math.max(next, breaker.next(now));
        }
        if (pace != null && next != Long.MAX_VALUE) {
            next = Math.max(next, pace.next(next));
        }
        if (next > now && next != Long.MAX_VALUE) {
            askToWake(next);
        }
    }

    private void askToWake(long time) {
        if (time < wakeAt) {
            wakeAt = time;
            outlet.wakeAt(time);
        }
    }

    private boolean mayCall(long now) {
        return !isPaused
                && flights.size() < window.limit()
                && (breaker == null || breaker.next(now) <= now)
                && (pace == null || pace.next(now) <= now);
    }

    private void launch(Ledger ledger, Parcel parcel, long now) {
        if (Expiry.isOver(parcel.event(), now)) {
            bury(parcel, Cause.EXPIRED);
            release(ledger, parcel);
            return;
        }
        if (isOrdered(parcel)) {
            keysInFlight.add(key(parcel));
        }
        if (breaker != null) {
            breaker.begin();
        }
        if (pace != null) {
            pace.take();
        }
        long number = nextFlight++;
        flights.put(number, new Flight(ledger.bucket(), parcel, now));
        outlet.send(number, parcel);
    }

    private void bury(Parcel parcel, Cause cause) {
        tally.buried++;
        outlet.buried(parcel, cause);
    }

    /** A parcel is through: the next of its key, if one waits behind it, goes on. */
    private void letNext(Ledger ledger, Parcel parcel, long now) {
        Place place = nextBehind(ledger, parcel);
        if (place == null) {
            return;
        }
        Parcel next = take(ledger, place);
        if (ready.isEmpty() && mayCall(now)) {
            launch(ledger, next, now);
        } else {
            makeDue(ledger, next);
        }
    }

    /** As {@link #letNext}, where the next must not be sent at once: parcels may follow each other without an end. */
    private void release(Ledger ledger, Parcel parcel) {
        Place place = nextBehind(ledger, parcel);
        if (place != null) {
            makeDue(ledger, take(ledger, place));
        }
    }

    private @Nullable Place nextBehind(Ledger ledger, Parcel parcel) {
        if (!isOrdered(parcel) || ledger.holds == 0) {
            return null;
        }
        String key = key(parcel);
        Hold hold = store.hold(ledger.bucket(), terms.target(), key);
        if (hold == null) {
            return null;
        }
        boolean isLast = hold.isEmpty();
        store.keepHold(ledger.bucket(), terms.target(), key, isLast ? null : hold.withOneLess());
        if (isLast) {
            ledger.holds--;
            ledger.changed();
        }
        return isLast ? null : Place.behind(terms.target(), key, hold.head());
    }

    private boolean isHeld(Ledger ledger, String key) {
        return keysInFlight.contains(key)
                || ledger.holds > 0 && store.hold(ledger.bucket(), terms.target(), key) != null;
    }

    private void holdKey(Ledger ledger, String key) {
        if (ledger.holds == 0 || store.hold(ledger.bucket(), terms.target(), key) == null) {
            store.keepHold(ledger.bucket(), terms.target(), key, Hold.EMPTY);
            ledger.holds++;
            ledger.changed();
        }
    }

    private void putBehind(Ledger ledger, Parcel parcel) {
        String key = key(parcel);
        holdKey(ledger, key);
        Hold hold = requireNonNull(store.hold(ledger.bucket(), terms.target(), key));
        put(ledger, Place.behind(terms.target(), key, hold.tail()), parcel);
        store.keepHold(ledger.bucket(), terms.target(), key, hold.withOneMore());
    }

    private void enqueue(Ledger ledger, Parcel parcel) {
        boolean wasReady = ledger.hasReady();
        put(ledger, Place.queue(terms.target(), ledger.queueTail++), parcel);
        if (!wasReady) {
            ready.add(ledger);
        }
    }

    private void makeDue(Ledger ledger, Parcel parcel) {
        boolean wasReady = ledger.hasReady();
        put(ledger, Place.due(terms.target(), ledger.dueTail++), parcel);
        if (!wasReady) {
            ready.add(ledger);
        }
    }

    @SuppressWarnings("NonAtomicOperationOnVolatileField") // one thread writes, others read
    private void put(Ledger ledger, Place place, Parcel parcel) {
        store.put(ledger.bucket(), place, parcel);
        ledger.added(parcel);
        parkedBytes += parcel.size();
        parkedParcels++;
    }

    private Parcel take(Ledger ledger, Place place) {
        Parcel parcel = requireNonNull(store.get(ledger.bucket(), place), "a ledger knows what is parked");
        take(ledger, place, parcel);
        return parcel;
    }

    @SuppressWarnings("NonAtomicOperationOnVolatileField") // one thread writes, others read
    private void take(Ledger ledger, Place place, Parcel parcel) {
        store.remove(ledger.bucket(), place);
        ledger.removed(parcel);
        parkedBytes -= parcel.size();
        parkedParcels--;
    }

    /** Puts into the store what is in memory only, as part of a checkpoint. */
    public void keep() {
        Iterator<Map.Entry<Long, Integer>> kept = keptFlights.entrySet().iterator();
        while (kept.hasNext()) {
            Map.Entry<Long, Integer> flight = kept.next();
            if (!flights.containsKey(flight.getKey())) {
                store.removeFlying(flight.getValue(), terms.target(), flight.getKey());
                kept.remove();
            }
        }
        flights.forEach((number, flight) -> {
            if (keptFlights.putIfAbsent(number, flight.bucket()) == null) {
                store.putFlying(flight.bucket(), terms.target(), number, flight.parcel());
            }
        });
        for (Ledger ledger : ledgers.values()) {
            if (ledger.isChanged()) {
                store.keepLedger(ledger);
                ledger.isKept();
            }
        }
    }

    /** Returns how many parcels are parked or under way, by route: counted where they are, for the audit. */
    public Map<String, Outstanding> outstanding() {
        Map<String, Outstanding> counts = new TreeMap<>();
        for (Ledger ledger : ledgers.values()) {
            ledger.parked().forEach((route, n) -> counts.merge(route, Outstanding.parked(n), Outstanding::plus));
            ledger.retrying().forEach((route, n) -> counts.merge(route, Outstanding.retrying(n), Outstanding::plus));
        }
        for (Flight flight : flights.values()) {
            counts.merge(flight.parcel().route(), Outstanding.IN_FLIGHT, Outstanding::plus);
        }
        return counts;
    }

    private Ledger ledger(int bucket) {
        return ledgers.computeIfAbsent(bucket, it -> new Ledger(it, terms.target()));
    }

    private static boolean isOrdered(Parcel parcel) {
        return parcel.orderKey() != null;
    }

    private static String key(Parcel parcel) {
        return requireNonNull(parcel.orderKey());
    }
}
