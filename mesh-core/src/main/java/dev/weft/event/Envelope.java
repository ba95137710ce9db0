package dev.weft.event;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The attributes of one event and where its payload is: read from a record once, in either of the two modes. */
abstract sealed class Envelope permits BinaryEnvelope, StructuredEnvelope {

    /** Returns the attribute's value as text in its canonical form, or null if the event does not have it. */
    abstract @Nullable String text(String attribute);

    /** Returns the value with the type its transport kept: text, and from JSON also Boolean and Integer. */
    @Nullable
    Object typed(String attribute) {
        return text(attribute);
    }

    /** Returns the names of all attributes the event has, in the order they came. */
    abstract Set<String> names();

    /** Returns the payload as bytes of its content type, or null if the event has none. */
    abstract byte @Nullable [] payload();

    /** Whether the payload is a piece of the JSON text that the event came as, so that it can stand in another. */
    boolean isPieceOfJson() {
        return false;
    }

    /** Reads the payload as the reader of its content type does; without one, as JSON if it is. */
    final PayloadReading read(Projection wanted, PayloadReaders readers) {
        String contentType = text("datacontenttype");
        return contentType == null || claimsJson(contentType)
                ? readJson(wanted, contentType != null)
                : readOther(contentType, wanted, readers);
    }

    /** @param claimed whether the event says that the payload is JSON; if it does not, what is not JSON is no damage */
    abstract PayloadReading readJson(Projection wanted, boolean claimed);

    private PayloadReading readOther(String contentType, Projection wanted, PayloadReaders readers) {
        if (!readers.know(contentType)) {
            return PayloadReading.NONE;
        }
        if (isPieceOfJson()) {
            return PayloadReading.damaged("the payload cannot be read: it is of type " + contentType
                    + " and stands in data as JSON, where data_base64 is for bytes");
        }
        byte[] payload = payload();
        return payload == null ? PayloadReading.NONE : readers.read(contentType, text("dataschema"), payload, wanted);
    }

    /** Whether an event with this content type has a payload that claims to be JSON; no content type claims nothing. */
    static boolean claimsJson(@Nullable String contentType) {
        return contentType != null && AttributeRules.isJson(contentType);
    }
}
