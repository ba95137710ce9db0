package dev.weft.route.transform.jsonata;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import org.jspecify.annotations.Nullable;

/**
 * What an expression makes of one event.
 *
 * @param value a missing node where that is nothing, or it failed
 * @param failure why there is no value, holding nothing of the event's payload; null if it did not fail
 */
public record JsonataAnswer(JsonNode value, @Nullable String failure) {

    static JsonataAnswer of(JsonNode value) {
        return new JsonataAnswer(value, null);
    }

    static JsonataAnswer failed(String why) {
        return new JsonataAnswer(MissingNode.getInstance(), why);
    }
}
