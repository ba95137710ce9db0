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

    /** Reads the payload as JSON. */
    abstract PayloadReading read(Projection wanted);

    /** Whether an event with this content type has a payload that claims to be JSON; no content type claims nothing. */
    static boolean claimsJson(@Nullable String contentType) {
        return contentType != null && AttributeRules.isJson(contentType);
    }
}
