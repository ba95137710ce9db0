package dev.weft.delivery;

import dev.weft.event.Expiry;
import dev.weft.http.CallResult;
import dev.weft.http.HttpReply;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Delivers what one subtask has for one target: sends what there is room for, parks the rest, repeats what failed, and
 * gives up what its terms say. Every parcel that is accepted is {@linkplain Outlet#delivered delivered} or
 * {@linkplain Outlet#buried buried} once, or is in the {@link ParcelStore} when that is {@linkplain #keep kept}.
 *
 * <p>Parcels that are under way are in memory only, and in the store when a checkpoint keeps them, so a delivery that
 * goes well touches no store. {@link Flights} has those, and {@link Parking} what waits: here is decided what goes
 * when.
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
    private final Outlet outlet;
    private final RandomGenerator random;
    private final Window window;
    private final @Nullable Breaker breaker;
    private final @Nullable Pace pace;
    private final Tally tally = new Tally();

    private final Flights flights;
    private final Parking parking;
    private long wakeAt = Long.MAX_VALUE;
    private volatile boolean isPaused;
    private long resumedAt;

    /**
     * Makes the courier of one subtask.
     *
     * @param terms this subtask's {@linkplain Terms#share share}
     * @param random spreads the times of retries
     */
    public Courier(Terms terms, ParcelStore store, Outlet outlet, RandomGenerator random) {
        this.terms = terms;
        this.outlet = outlet;
        this.random = random;
        this.flights = new Flights(terms.target(), store);
        this.parking = new Parking(terms.target(), store);
        this.window = new Window(terms.concurrency(), terms.adaptive());
        this.breaker = terms.breaker() == null ? null : new Breaker(terms.breaker());
        this.pace = Double.isFinite(terms.rate()) ? new Pace(terms.rate()) : null;
    }

    /** Takes up what the store has, once, before anything else: what was under way is sent again first. */
    public void restore(long now) {
        parking.restore();
        for (ParcelStore.Flying flying : flights.interrupted()) {
            Ledger ledger = parking.ledger(flying.bucket());
            parking.hold(ledger, flying.parcel());
            parking.makeDue(ledger, flying.parcel());
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
        return !isPaused && parking.bytes() >= terms.parking().maxBytes();
    }

    /** Whether nothing is known that keeps parcels from leaving as calls end. */
    public boolean isFlowing(long now) {
        return !isPaused && (breaker == null || breaker.isClosed()) && (pace == null || pace.next(now) <= now);
    }

    /** Whether a parcel that came now would have to wait. */
    public boolean isBusy() {
        return parking.hasReady() || flights.count() >= window.limit();
    }

    /** Returns how many calls are under way. */
    public int inFlight() {
        return flights.count();
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
        return parking.bytes();
    }

    public long parkedParcels() {
        return parking.parcels();
    }

    /** Takes a parcel to deliver. */
    public void accept(int bucket, Parcel parcel, long now) {
        Ledger ledger = parking.ledger(bucket);
        if (!ledger.hasQueue() && isHeld(ledger, parcel)) {
            parking.putBehind(ledger, parcel);
        } else if (!parking.hasReady() && mayCall(now)) {
            launch(ledger, parcel, now);
        } else {
            // Behind all that is queued, which may hold earlier ones of its key.
            parking.enqueue(ledger, parcel);
            arrangeWaking(now);
        }
    }

    /** Gives up a parcel that came when there was no room for it. */
    public void refuse(Parcel parcel) {
        bury(parcel, Cause.PARKING_FULL);
    }

    /** Takes the result of a call that {@link Outlet#send} began. */
    public void completed(long number, CallResult result, long now) {
        Flight flight = flights.end(number);
        Ledger ledger = parking.ledger(flight.bucket());
        Parcel parcel = flight.parcel();
        tally.attempts++;
        Outcome outcome = Outcome.of(result, terms.retry(), now);
        if (outcome instanceof Outcome.Delivered delivered) {
            succeeded(ledger, parcel, delivered.reply(), now - flight.startedAt(), now);
        } else if (outcome instanceof Outcome.Failed failed) {
            failed(ledger, parcel, failed, now - flight.startedAt(), now);
        }
        drain(now);
    }

    private void succeeded(Ledger ledger, Parcel parcel, HttpReply reply, long millis, long now) {
        window.succeeded(millis, flights.count() + 1, now);
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
        parking.hold(ledger, parcel);
        outlet.dueAt(ledger.bucket(), parking.putLater(ledger, parcel), due);
    }

    /** The time of a parcel's next attempt has come. */
    public void due(int bucket, long number, long now) {
        Ledger ledger = parking.ledger(bucket);
        Parcel parcel = parking.takeLater(ledger, number);
        if (parcel == null) {
            return;
        }
        if (mayCall(now)) {
            launch(ledger, parcel, now);
        } else {
            parking.makeDue(ledger, parcel);
            arrangeWaking(now);
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
        while (parking.hasReady() && mayCall(now)) {
            if (moved++ == MOST_AT_ONCE) {
                askToWake(now);
                return;
            }
            Parking.Taken next = parking.takeNext();
            if (hasToWait(next)) {
                parking.putBehind(next.ledger(), next.parcel());
            } else {
                launch(next.ledger(), next.parcel(), now);
            }
        }
        giveUpOld(now);
        arrangeWaking(now);
    }

    /** Whether it has to wait on behind its key. What is due has not: it is what the others of its key wait for. */
    private boolean hasToWait(Parking.Taken next) {
        return !next.wasDue() && isHeld(next.ledger(), next.parcel());
    }

    /** While a target is taken for dead nobody tries its parcels, so they are given up here when their time is over. */
    private void giveUpOld(long now) {
        if (isPaused || !isOpen()) {
            return;
        }
        int buried = 0;
        for (Ledger ledger : parking.ready()) {
            while (ledger.hasReady() && buried < MOST_AT_ONCE && expiresAt(parking.peek(ledger)) <= now) {
                Parking.Taken old = parking.takeNext(ledger);
                buried++;
                if (hasToWait(old)) {
                    parking.putBehind(ledger, old.parcel());
                } else {
                    bury(old.parcel(), Cause.EXHAUSTED);
                    release(ledger, old.parcel());
                }
            }
        }
        parking.forgetEmpty();
        if (buried == MOST_AT_ONCE) {
            askToWake(now);
        }
    }

    /** Returns when a parcel is given up for its age. */
    private long expiresAt(Parcel parcel) {
        return agesFrom(parcel) + terms.retry().maxAge().toMillis();
    }

    /** Something waits: asks to be woken when it may go on without anything else happening. */
    private void arrangeWaking(long now) {
        if (!parking.hasReady() || isPaused) {
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
                && flights.count() < window.limit()
                && (breaker == null || breaker.next(now) <= now)
                && (pace == null || pace.next(now) <= now);
    }

    private void launch(Ledger ledger, Parcel parcel, long now) {
        if (Expiry.isOver(parcel.event(), now)) {
            bury(parcel, Cause.EXPIRED);
            release(ledger, parcel);
            return;
        }
        if (breaker != null) {
            breaker.begin();
        }
        if (pace != null) {
            pace.take();
        }
        outlet.send(flights.begin(new Flight(ledger.bucket(), parcel, now)), parcel);
    }

    private void bury(Parcel parcel, Cause cause) {
        tally.buried++;
        outlet.buried(parcel, cause);
    }

    /** A parcel is through: the next of its key, if one waits behind it, goes on. */
    private void letNext(Ledger ledger, Parcel parcel, long now) {
        Parcel next = parking.takeBehind(ledger, parcel);
        if (next == null) {
            return;
        }
        if (!parking.hasReady() && mayCall(now)) {
            launch(ledger, next, now);
        } else {
            parking.makeDue(ledger, next);
        }
    }

    /** As {@link #letNext}, where the next must not be sent at once: parcels may follow each other without an end. */
    private void release(Ledger ledger, Parcel parcel) {
        Parcel next = parking.takeBehind(ledger, parcel);
        if (next != null) {
            parking.makeDue(ledger, next);
        }
    }

    private boolean isHeld(Ledger ledger, Parcel parcel) {
        return flights.hasKeyOf(parcel) || parking.isHeld(ledger, parcel);
    }

    /** Puts into the store what is in memory only, as part of a checkpoint. */
    public void keep() {
        flights.keep();
        parking.keep();
    }

    /** Returns how many parcels are parked or under way, by route: counted where they are, for the audit. */
    public Map<String, Outstanding> outstanding() {
        Map<String, Outstanding> counts = new TreeMap<>();
        parking.count(counts);
        flights.count(counts);
        return counts;
    }
}
