package dev.weft.event;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Makes an event of a record, in binary or structured mode (CloudEvents Kafka protocol binding v1.0.2, section 3). What
 * cannot be an event is {@linkplain RefusedRecord refused} with the reason; nothing is thrown and nothing is lost.
 *
 * <p>Stricter than the SDK's reader, so that a later reader never stumbles: attribute names and values are checked
 * against the specification, and an attribute that stands twice is refused. Only version 1.0 is read.
 */
public final class EventReader {

    private static final String CLOUDEVENTS = "application/cloudevents";

    private final long maxBytes;

    /**
     * Makes a reader.
     *
     * @param maxBytes the most bytes of key, headers and value together; a larger record is refused
     */
    public EventReader(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Returns the event that the record carries, or the record with the reason why it carries none. */
    public Received read(Origin origin, WireRecord wire) {
        try {
            if (wire.size() > maxBytes) {
                throw new RefusalException(
                        Reason.TOO_LARGE,
                        "the record has " + wire.size() + " bytes; at most " + maxBytes + " are taken");
            }
            return new MeshEvent(origin, wire, envelope(wire));
        } catch (RefusalException e) {
            return new RefusedRecord(origin, wire, e.reason(), e.detail());
        }
    }

    private static Envelope envelope(WireRecord wire) throws RefusalException {
        byte[] contentType = contentType(wire.headers());
        byte[] value = wire.value();
        if (contentType != null && isCloudEventsType(contentType)) {
            checkFormat(Text.of(contentType));
            if (value == null) {
                throw new RefusalException(Reason.UNREADABLE_EVENT, "the structured event has no value");
            }
            return new StructuredEnvelope(value);
        }
        if (wire.headers().indexOf(BinaryEnvelope.SPECVERSION) < 0) {
            throw value == null
                    ? new RefusalException(Reason.TOMBSTONE, "the record has no value and is no CloudEvent")
                    : new RefusalException(
                            Reason.NOT_A_CLOUDEVENT,
                            "the record has neither a ce_specversion header nor the content type "
                                    + StructuredEnvelope.CONTENT_TYPE);
        }
        BinaryEnvelope envelope = new BinaryEnvelope(wire);
        envelope.check();
        return envelope;
    }

    /** Reads the envelope of a record that this class accepted before it was stored. */
    static Envelope storedEnvelope(WireRecord wire) {
        if (wire.value() == null || !isStructured(wire.headers())) {
            return new BinaryEnvelope(wire);
        }
        try {
            return envelope(wire);
        } catch (RefusalException e) {
            throw new IllegalStateException("a stored event is no event any more: " + e.detail(), e);
        }
    }

    /** Every event read from a store is asked this first, so no text is made of the header. */
    static boolean isStructured(WireHeaders headers) {
        byte[] contentType = contentType(headers);
        return contentType != null && isCloudEventsType(contentType);
    }

    private static byte @Nullable [] contentType(WireHeaders headers) {
        for (int i = 0; i < headers.size(); i++) {
            String name = headers.name(i);
            byte[] value = headers.value(i);
            boolean isAsLong = name.length() == BinaryEnvelope.CONTENT_TYPE.length();
            if (isAsLong && value != null && name.equalsIgnoreCase(BinaryEnvelope.CONTENT_TYPE)) {
                return value;
            }
        }
        return null;
    }

    private static boolean isCloudEventsType(byte[] contentType) {
        if (contentType.length < CLOUDEVENTS.length()) {
            return false;
        }
        for (int i = 0; i < CLOUDEVENTS.length(); i++) {
            byte b = contentType[i];
            if ((b >= 'A' && b <= 'Z' ? b + ('a' - 'A') : b) != CLOUDEVENTS.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static void checkFormat(String contentType) throws RefusalException {
        int end = contentType.indexOf(';');
        String type =
                (end < 0 ? contentType : contentType.substring(0, end)).strip().toLowerCase(Locale.ROOT);
        if (!type.equals(StructuredEnvelope.CONTENT_TYPE)) {
            throw new RefusalException(
                    Reason.UNSUPPORTED_FORMAT,
                    "the content type is " + type + "; " + StructuredEnvelope.CONTENT_TYPE + " is supported");
        }
    }
}
