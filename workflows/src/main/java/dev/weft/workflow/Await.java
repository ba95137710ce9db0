package dev.weft.workflow;

import dev.weft.workflow.jq.Jq;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which events are waited for.
 *
 * @param filters none only with {@link Kind#ANY}: every event
 * @param until when {@link Kind#ANY} has had enough; null for the first event
 */
public record Await(
        Kind kind, List<EventFilter> filters, @Nullable Until until) {

    /** How many of the filters must have had an event. */
    public enum Kind {
        ONE,
        ANY,
        ALL
    }

    /** When enough events have come. */
    public sealed interface Until {

        /** Asked after each event, of the array of what was read so far. */
        record True(Jq condition) implements Until {}

        /** Other events, which are no part of what is read. */
        record Events(Await events) implements Until {}

        /** Never: it ends by a timeout, or with the instance. */
        record Never() implements Until {}
    }
}
