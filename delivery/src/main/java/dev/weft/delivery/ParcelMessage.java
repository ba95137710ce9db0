package dev.weft.delivery;

import dev.weft.http.EventMessages;
import dev.weft.http.EventMode;
import dev.weft.http.HttpHeader;
import dev.weft.http.HttpMessage;
import java.util.ArrayList;
import java.util.List;

/** Makes the message of a parcel: the event, and what a receiver wants to know of its delivery. */
public final class ParcelMessage {

    /** Tells a receiver that it has seen an event before. */
    public static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    /** Which attempt it is, from 1. */
    public static final String ATTEMPT = "Weft-Attempt";

    private ParcelMessage() {}

    /** Returns what is posted. */
    public static HttpMessage of(Parcel parcel, EventMode mode) {
        List<HttpHeader> headers = new ArrayList<>(3);
        headers.add(new HttpHeader(IDEMPOTENCY_KEY, IdempotencyKey.of(parcel.read(), parcel.route())));
        headers.add(new HttpHeader(ATTEMPT, Integer.toString(parcel.attempts() + 1)));
        String trace = parcel.event().attribute("traceparent");
        if (trace != null) {
            headers.add(new HttpHeader("traceparent", trace));
        }
        return EventMessages.of(parcel.event(), mode, headers);
    }
}
