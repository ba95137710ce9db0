package dev.weft.delivery;

import dev.weft.event.DeadLetter;
import dev.weft.event.EventDraft;
import dev.weft.event.EventFormat;
import dev.weft.event.EventWriter;
import dev.weft.event.MeshEvent;
import dev.weft.event.Reason;
import dev.weft.event.WireRecord;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Makes records of the events with which targets answer. A reply tells which event it answers and how it came about:
 *
 * <ul>
 *   <li>{@code causationid}: the id of the event it answers;
 *   <li>{@code correlationid}: its own if it has one, else that of the event, else the event's id;
 *   <li>{@code wefthops}: through how many replies it came about, this one included;
 *   <li>{@code weftchain}: by which routes and targets, as {@code route>target}, the latest last; the oldest are left
 *       out where it gets long;
 *   <li>{@code traceparent} and {@code tracestate}: its own, else those of the event.
 * </ul>
 *
 * A reply beyond the most hops is a dead letter: what leads to it is a circle. Immutable.
 *
 * @param job the mesh job's name
 * @param maxHops the most that {@code wefthops} may be
 * @param maxBytes the most bytes of headers and value together that a reply may have as it comes
 */
public record Replies(String job, int maxHops, long maxBytes) {

    private static final String HOPS = "wefthops";
    private static final String CHAIN = "weftchain";
    private static final String TRACE = "traceparent";
    private static final String TRACE_STATE = "tracestate";
    private static final String KEY = "partitionkey";
    private static final int LONGEST_CHAIN = 1024;
    private static final String MORE = "...";

    /** What becomes of a reply. */
    public sealed interface Answer {

        /** It goes to the target's channel for replies. */
        record Passed(WireRecord record) implements Answer {}

        /** It goes to the dead letter, as this record. */
        record Ended(Reason reason, WireRecord record) implements Answer {}

        /** It cannot be taken. */
        record Refused(String detail) implements Answer {}
    }

    /**
     * Decides about a reply.
     *
     * @param reply as the target sent it
     * @param format that of the channel for replies
     */
    public Answer answer(Parcel parcel, MeshEvent reply, EventFormat format) {
        long size = reply.wire().size();
        if (size > maxBytes) {
            return new Answer.Refused("the reply has " + size + " bytes; at most " + maxBytes + " are taken");
        }
        MeshEvent cause = cause(parcel);
        long hops = hops(cause) + 1;
        String chain = chain(cause, parcel.route() + ">" + parcel.target());
        EventDraft draft = EventDraft.of(reply)
                .set("causationid", parcel.event().getId())
                .set(HOPS, Long.toString(Math.min(hops, Integer.MAX_VALUE)))
                .set(CHAIN, chain);
        if (reply.attribute("correlationid") == null) {
            draft.set("correlationid", correlation(parcel));
        }
        if (reply.attribute(TRACE) == null) {
            copy(TRACE, parcel, draft);
            copy(TRACE_STATE, parcel, draft);
        }
        MeshEvent told = draft.finish();
        if (hops <= maxHops) {
            WireRecord written = EventWriter.write(told, format);
            return new Answer.Passed(new WireRecord(key(parcel, reply), written.headers(), written.value()));
        }
        String detail = "the reply of target %s is the %d. in a row, at most %d are let pass: %s"
                .formatted(parcel.target(), hops, maxHops, chain);
        MeshEvent ended = MeshEvent.stored(parcel.read().origin(), told.wire());
        return new Answer.Ended(
                Reason.TOO_MANY_HOPS, DeadLetter.of(ended, Reason.TOO_MANY_HOPS, detail, parcel.route(), job));
    }

    /** A transform may have dropped how the event came about; how it was read still says so. */
    private static MeshEvent cause(Parcel parcel) {
        return hops(parcel.read()) > hops(parcel.event()) ? parcel.read() : parcel.event();
    }

    /** Somebody else's attribute by that name, which is no number, counts for nothing. */
    private static long hops(MeshEvent event) {
        String text = event.attribute(HOPS);
        if (text == null || !text.matches("\\d{1,18}")) {
            return 0;
        }
        return Long.parseLong(text);
    }

    private static String chain(MeshEvent cause, String leg) {
        String before = cause.attribute(CHAIN);
        String chain = before == null ? leg : before + " " + leg;
        if (chain.length() <= LONGEST_CHAIN) {
            return chain;
        }
        int cut = chain.indexOf(' ', chain.length() - LONGEST_CHAIN + MORE.length());
        return MORE + (cut < 0 ? " " + leg : chain.substring(cut));
    }

    private static String correlation(Parcel parcel) {
        String correlation = attribute("correlationid", parcel);
        return correlation == null ? parcel.event().getId() : correlation;
    }

    private static void copy(String name, Parcel parcel, EventDraft draft) {
        String value = attribute(name, parcel);
        if (value != null) {
            draft.set(name, value);
        }
    }

    private static @Nullable String attribute(String name, Parcel parcel) {
        String delivered = parcel.event().attribute(name);
        return delivered == null ? parcel.read().attribute(name) : delivered;
    }

    /** Replies stay with those to the events of the same key, unless they have one of their own. */
    private static byte @Nullable [] key(Parcel parcel, MeshEvent reply) {
        String own = reply.attribute(KEY);
        return own == null ? parcel.event().wire().key() : own.getBytes(StandardCharsets.UTF_8);
    }
}
