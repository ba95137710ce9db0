package dev.weft.delivery;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Where parcels wait. Each belongs to a bucket, and a bucket belongs to one subtask at a time: when their number
 * changes, buckets move as a whole.
 */
public interface ParcelStore {

    /** Returns the parcel of that place, or null. */
    @Nullable
    Parcel get(int bucket, Place place);

    /** Puts a parcel into a place that is free. */
    void put(int bucket, Place place, Parcel parcel);

    /** Frees a place. */
    void remove(int bucket, Place place);

    /** Returns what is held of an order key, or null if nothing is. */
    @Nullable
    Hold hold(int bucket, String target, String key);

    /** Keeps what is held of an order key; null: nothing any more. */
    void keepHold(int bucket, String target, String key, @Nullable Hold hold);

    /** Keeps a parcel that is on its way, so that a restart finds it. */
    void putFlying(int bucket, String target, long flight, Parcel parcel);

    /** Forgets a parcel that is on its way no more. */
    void removeFlying(int bucket, String target, long flight);

    /** Keeps a ledger. */
    void keepLedger(Ledger ledger);

    /** Returns the ledgers of all buckets of this subtask, for one target. */
    Collection<Ledger> ledgers(String target);

    /** Returns what was on its way to a target when the ledgers were kept. */
    Collection<Flying> flying(String target);

    /** A parcel that was on its way. */
    record Flying(int bucket, long flight, Parcel parcel) {}
}
