package dev.weft.event;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * What was read of an event's payload.
 *
 * @param root the wanted part of the payload's JSON; a {@linkplain JsonNode#isMissingNode() missing node} where the
 *     event has no payload, the payload is not JSON, or it is damaged
 * @param damage why a payload that says it is JSON cannot be read as JSON; null where it can, or does not say so
 */
public record PayloadReading(JsonNode root, @Nullable String damage) {}
