package dev.weft.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import org.jspecify.annotations.Nullable;

/**
 * What was read of an event's payload.
 *
 * @param root the wanted part of the payload, as JSON; a {@linkplain JsonNode#isMissingNode() missing node} where the
 *     event has no payload, its content type is none that is read, or it is damaged
 * @param damage why the payload cannot be read, as a clause: {@code the payload is not the JSON it says it is: it is
 *     blank}; null where it can, or claims nothing
 */
public record PayloadReading(JsonNode root, @Nullable String damage) {

    static final PayloadReading NONE = new PayloadReading(MissingNode.getInstance(), null);

    /** Returns the reading of a payload that cannot be read, for the reason that the clause gives. */
    public static PayloadReading damaged(String damage) {
        return new PayloadReading(MissingNode.getInstance(), damage);
    }
}
