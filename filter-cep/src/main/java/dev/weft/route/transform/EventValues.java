package dev.weft.route.transform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.weft.event.MeshEvent;
import dev.weft.event.PayloadReading;
import dev.weft.event.Projection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads some values of events, in one pass over the payload, and without it if none of them is part of it. Safe to
 * share between threads.
 */
public final class EventValues {

    private static final PayloadReading NOT_ASKED = new PayloadReading(MissingNode.getInstance(), null);

    private final List<EventValue> values;
    private final boolean asksPayload;
    private final Projection wanted;

    private EventValues(List<EventValue> values) {
        this.values = List.copyOf(values);
        List<List<String>> paths = values.stream()
                .flatMap(value -> value.variable().wantedPaths().stream())
                .toList();
        this.asksPayload = !paths.isEmpty();
        this.wanted = Projection.of(paths);
    }

    /** Returns the reader of these values. */
    public static EventValues of(List<EventValue> values) {
        return new EventValues(values);
    }

    /**
     * What an event has.
     *
     * @param values in the order they were asked for; a {@linkplain JsonNode#isMissingNode() missing node} where the
     *     event has none
     * @param damage why a payload that was asked for cannot be read; null where it can, and then the values count
     */
    public record Reading(List<JsonNode> values, @Nullable String damage) {}

    /** Reads the values of one event. */
    public Reading read(MeshEvent event) {
        PayloadReading payload = asksPayload ? event.read(wanted) : NOT_ASKED;
        return new Reading(
                values.stream()
                        .map(value -> value.variable().valueIn(event, payload.root()))
                        .toList(),
                payload.damage());
    }
}
