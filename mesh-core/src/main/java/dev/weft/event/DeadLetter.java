package dev.weft.event;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is written to the dead letter channel. Every dead letter is a CloudEvent with these attributes:
 *
 * <ul>
 *   <li>{@code weftreason}: why, the {@linkplain Reason#code() code} of a {@link Reason};
 *   <li>{@code weftdetail}: what exactly, in words;
 *   <li>{@code wefttopic}, {@code weftpartition}, {@code weftoffset}: the record it was read from;
 *   <li>{@code weftjob}: the mesh job; {@code weftroute}: the route that could not decide, where one was concerned;
 *       {@code weftingress}: the ingress of functions, where one was;
 *   <li>of an event that a target did not take: {@code wefttarget}, its name; {@code weftattempts}, how often it was
 *       tried; {@code weftfirstfailure}, when first in vain; and, as Knative has them, {@code knativeerrordest},
 *       {@code knativeerrorcode} and {@code knativeerrordata}, the answer's body in base64, at most 1024 bytes of it.
 * </ul>
 *
 * An event keeps its own attributes, payload and mode. A record that is no event becomes one of type {@value #TYPE}
 * whose payload is the record's value, byte for byte; its headers are kept under their name with
 * {@value #HEADER_PREFIX} before it, and its key stays the key. A record so large that no producer of the mesh could
 * write it (more than {@value #LARGEST} bytes once wrapped, which a broker only takes compressed) is left where it is:
 * {@code weftomitted} says how many bytes that are.
 */
public final class DeadLetter {

    /** The type of the event that wraps a record which is none. */
    public static final String TYPE = "dev.weft.refused";

    /** What stands before the name of an original header of a wrapped record. */
    public static final String HEADER_PREFIX = "weft-original-";

    /**
     * The header of a record by which dead letters are sent again: where they stand, as {@code topic/partition/offset},
     * with a space between them. More than one are dead letters of one event that say the same.
     */
    public static final String SENT_AGAIN = "weftdead";

    /** The type of the event that wraps a message of functions, or what a function said to an egress. */
    public static final String MESSAGE_TYPE = "dev.weft.message";

    /** The most bytes of a wrapped record: three quarters of the request a job's producer may send. */
    static final int LARGEST = 48 << 20;

    private static final int LONGEST_DETAIL = 1024;

    /** The bytes of a header's two lengths, at most; and those of one character of its name. */
    private static final int HEADER_LENGTHS = 10;

    private static final int CHARACTER = 3;

    private DeadLetter() {}

    /** Returns the dead letter of an event that the mesh could take but not decide about. */
    public static WireRecord of(MeshEvent event, Reason reason, String detail, String route, String job) {
        Map<String, String> attributes = attributes(event.origin(), reason, detail, job);
        attributes.put("weftroute", route);
        return EventWriter.withAttributes(event, attributes);
    }

    /**
     * Returns the dead letter of an event that a target did not take.
     *
     * @param delivery more attributes, which tell of the delivery
     */
    public static WireRecord of(
            MeshEvent event, Reason reason, String detail, String route, String job, Map<String, String> delivery) {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("weftroute", route);
        attributes.putAll(delivery);
        return of(event, reason, detail, job, attributes);
    }

    /**
     * Returns the dead letter of an event.
     *
     * @param more attributes that tell of what the event was meant for; {@code weftroute} too, if that is known
     */
    public static WireRecord of(MeshEvent event, Reason reason, String detail, String job, Map<String, String> more) {
        Map<String, String> attributes = attributes(event.origin(), reason, detail, job);
        attributes.putAll(more);
        return EventWriter.withAttributes(event, attributes);
    }

    /** Returns the dead letter of a record that is no event. */
    public static WireRecord of(RefusedRecord refused, String job) {
        WireHeaders.Builder headers = reasons(refused, job);
        WireRecord wire = refused.wire();
        if (wrappedSize(wire) > LARGEST) {
            header(headers, "weftomitted", Long.toString(wire.size()));
            return new WireRecord(null, headers.build(), null);
        }
        WireHeaders original = wire.headers();
        for (int i = 0; i < original.size(); i++) {
            headers.add(HEADER_PREFIX + original.name(i), original.value(i));
        }
        return new WireRecord(wire.key(), headers.build(), wire.value());
    }

    /**
     * Returns the dead letter of bytes that functions were to be given, or that one gave: an event of type
     * {@value #MESSAGE_TYPE}, whose payload they are.
     *
     * @param id of the dead letter
     * @param time when it was buried
     * @param told what is known of the bytes, by names of attributes
     */
    public static WireRecord ofMessage(
            String id,
            Instant time,
            Reason reason,
            String detail,
            String job,
            Map<String, String> told,
            byte[] payload) {
        WireHeaders.Builder headers = new WireHeaders.Builder();
        header(headers, "specversion", "1.0");
        header(headers, "id", id);
        header(headers, "source", "/weft/" + job);
        header(headers, "type", MESSAGE_TYPE);
        header(headers, "time", time.toString());
        header(headers, "weftreason", reason.code());
        header(headers, "weftdetail", printable(detail));
        header(headers, "weftjob", job);
        told.forEach((name, text) -> header(headers, name, printable(text)));
        if (payload.length > LARGEST) {
            header(headers, "weftomitted", Integer.toString(payload.length));
            return new WireRecord(null, headers.build(), null);
        }
        headers.add(BinaryEnvelope.CONTENT_TYPE, Text.bytes("application/octet-stream"));
        return new WireRecord(null, headers.build(), payload);
    }

    private static WireHeaders.Builder reasons(RefusedRecord refused, String job) {
        WireHeaders.Builder headers = new WireHeaders.Builder();
        header(headers, "specversion", "1.0");
        header(headers, "id", refused.origin().toString());
        header(headers, "source", "/weft/" + job);
        header(headers, "type", TYPE);
        attributes(refused.origin(), refused.reason(), refused.detail(), job)
                .forEach((name, text) -> header(headers, name, text));
        headers.add(BinaryEnvelope.CONTENT_TYPE, Text.bytes("application/octet-stream"));
        return headers;
    }

    /** Returns at least as many bytes as the record has with the prefix before the name of each header. */
    private static long wrappedSize(WireRecord wire) {
        long size = wire.size();
        for (int i = 0; i < wire.headers().size(); i++) {
            size += HEADER_LENGTHS
                    + HEADER_PREFIX.length()
                    + (CHARACTER - 1L) * wire.headers().name(i).length();
        }
        return size;
    }

    private static void header(WireHeaders.Builder headers, String attribute, String text) {
        headers.add(BinaryEnvelope.PREFIX + attribute, Text.bytes(text));
    }

    private static Map<String, String> attributes(Origin origin, Reason reason, String detail, String job) {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("weftreason", reason.code());
        attributes.put("weftdetail", printable(detail));
        attributes.put("wefttopic", origin.topic());
        attributes.put("weftpartition", Integer.toString(origin.partition()));
        attributes.put("weftoffset", Long.toString(origin.offset()));
        attributes.put("weftjob", job);
        return attributes;
    }

    /** A detail may quote the garbage it speaks of; an attribute may not hold control characters. */
    private static String printable(String detail) {
        StringBuilder text = new StringBuilder(Math.min(detail.length(), LONGEST_DETAIL));
        detail.codePoints()
                .limit(LONGEST_DETAIL)
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE ? ' ' : c)
                .forEach(text::appendCodePoint);
        return text.toString();
    }
}
