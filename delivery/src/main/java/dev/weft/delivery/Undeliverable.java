package dev.weft.delivery;

import dev.weft.event.DeadLetter;
import dev.weft.event.WireRecord;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** Makes dead letters of parcels that are given up: the event as it was read, and what was tried. */
public final class Undeliverable {

    private Undeliverable() {}

    /**
     * Returns the dead letter.
     *
     * @param job the mesh job's name
     * @param url where the target is; empty if that is not known any more
     */
    public static WireRecord of(Parcel parcel, Cause cause, String job, String url) {
        Map<String, String> delivery = new LinkedHashMap<>();
        delivery.put("wefttarget", parcel.target());
        delivery.put("weftattempts", Integer.toString(parcel.attempts()));
        if (!url.isEmpty()) {
            delivery.put("knativeerrordest", url);
        }
        Failure failure = parcel.lastFailure();
        if (failure != null) {
            delivery.put(
                    "weftfirstfailure",
                    Instant.ofEpochMilli(parcel.firstFailedAt()).toString());
            if (failure.status() > 0) {
                delivery.put("knativeerrorcode", Integer.toString(failure.status()));
            }
            if (failure.body().length > 0) {
                delivery.put("knativeerrordata", Base64.getEncoder().encodeToString(failure.body()));
            }
        }
        return DeadLetter.of(parcel.read(), cause.reason(), detail(parcel, cause), parcel.route(), job, delivery);
    }

    private static String detail(Parcel parcel, Cause cause) {
        Failure failure = parcel.lastFailure();
        String last = failure == null ? "" : ": " + failure.detail();
        return "target " + parcel.target() + " "
                + switch (cause) {
                    case EXHAUSTED -> "did not take the event in " + attempts(parcel) + last;
                    case REFUSED -> "refused the event" + last;
                    case EXPIRED -> "was not reached before the event's expirytime";
                    case PARKING_FULL -> "has no room for more events that wait for it";
                    case MALFORMED_REPLY -> "took the event and answered with no CloudEvent" + last;
                    case TARGET_REMOVED -> "is no longer in the job config";
                };
    }

    private static String attempts(Parcel parcel) {
        return parcel.attempts() == 1 ? "1 attempt" : parcel.attempts() + " attempts";
    }
}
