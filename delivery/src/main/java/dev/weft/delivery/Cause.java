package dev.weft.delivery;

import dev.weft.event.Reason;

/** Why a parcel is given up. The event goes to the dead letter, from where it can be sent again. */
public enum Cause {
    /** It was tried as often, or for as long, as the target's {@code retry} says. */
    EXHAUSTED(Reason.DELIVERY_FAILED),
    /** The target's answer says that another try would not help. */
    REFUSED(Reason.DELIVERY_REFUSED),
    /** Its {@code expirytime} has passed. */
    EXPIRED(Reason.EXPIRED),
    /** No more may wait for the target. */
    PARKING_FULL(Reason.PARKING_FULL),
    /** The target answered with an event that is none. */
    MALFORMED_REPLY(Reason.MALFORMED_REPLY),
    /** The target is no longer in the job config. */
    TARGET_REMOVED(Reason.TARGET_REMOVED);

    private final Reason reason;

    Cause(Reason reason) {
        this.reason = reason;
    }

    /** Returns what the dead letter says. */
    public Reason reason() {
        return reason;
    }
}
