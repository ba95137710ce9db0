package dev.weft.delivery;

import dev.weft.event.MeshEvent;
import org.jspecify.annotations.Nullable;

/**
 * An event on its way to a target, with what has been tried so far. Immutable.
 *
 * @param route the name of the route that sends it
 * @param target the name of the target
 * @param event as it is to be delivered
 * @param read as it was read; the same object where no transform has changed it
 * @param orderKey events of one target with the same key are delivered one after the other; null: in no order
 * @param acceptedAt when it was given to delivery, in epoch milliseconds
 * @param attempts how often delivery was tried
 * @param firstFailedAt when the first attempt failed, in epoch milliseconds; 0 while none has
 * @param lastFailure what became of the last attempt; null before the first failed
 */
public record Parcel(
        String route,
        String target,
        MeshEvent event,
        MeshEvent read,
        @Nullable String orderKey,
        long acceptedAt,
        int attempts,
        long firstFailedAt,
        @Nullable Failure lastFailure)
        implements Dispatch {

    private static final long OVERHEAD = 128;

    /** Returns a parcel that nobody has accepted yet. */
    public static Parcel of(String route, String target, MeshEvent event, MeshEvent read, @Nullable String orderKey) {
        return new Parcel(route, target, event, read, orderKey, 0, 0, 0, null);
    }

    /** Returns the parcel, given to delivery at that time. */
    public Parcel accepted(long now) {
        return new Parcel(route, target, event, read, orderKey, now, attempts, firstFailedAt, lastFailure);
    }

    /** Returns the parcel after an attempt that failed. */
    public Parcel failed(Failure failure, long now) {
        return new Parcel(
                route,
                target,
                event,
                read,
                orderKey,
                acceptedAt,
                attempts + 1,
                attempts == 0 ? now : firstFailedAt,
                failure);
    }

    /** Returns how much the parcel takes where it waits, in bytes: what its events take, and a little. */
    @SuppressWarnings("ReferenceEquality") // the same object is what an unchanged event is
    public long size() {
        long size = OVERHEAD + event.wire().size();
        return event == read ? size : size + read.wire().size();
    }
}
