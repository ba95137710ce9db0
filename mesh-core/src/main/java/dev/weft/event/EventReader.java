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
        String contentType = contentType(wire.headers());
        byte[] value = wire.value();
        if (contentType != null && isCloudEventsType(contentType)) {
            checkFormat(contentType);
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

    static boolean isStructured(WireHeaders headers) {
        String contentType = contentType(headers);
        return contentType != null && isCloudEventsType(contentType);
    }

    private static @Nullable String contentType(WireHeaders headers) {
        for (int i = 0; i < headers.size(); i++) {
            byte[] value = headers.value(i);
            if (value != null && headers.name(i).equalsIgnoreCase(BinaryEnvelope.CONTENT_TYPE)) {
                return Text.of(value);
            }
        }
        return null;
    }

    private static boolean isCloudEventsType(String contentType) {
        return contentType.regionMatches(true, 0, "application/cloudevents", 0, "application/cloudevents".length());
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
