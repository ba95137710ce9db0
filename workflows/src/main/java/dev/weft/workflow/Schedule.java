package dev.weft.workflow;

import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** What makes instances. Faults of it are no faults of instances. */
public sealed interface Schedule {

    /** Whatever became of the one before. */
    record Every(Span interval, CatchUp catchUp) implements Schedule {}

    /** By a UNIX cron expression of five fields. */
    record Cron(String expression, ZoneId zone, CatchUp catchUp) implements Schedule {}

    /** That long after the one before has ended. */
    record After(Span delay) implements Schedule {}

    /**
     * When events came. What is read of them, in an array, is the input.
     *
     * @param read of {@code schedule.read}; envelopes where nothing is said
     */
    record On(Await events, Body.Read read) implements Schedule {}

    /** What becomes of times that passed while nothing ran; by {@code metadata.catchUp}. */
    enum CatchUp {
        SKIP,
        ONE,
        ALL
    }

    /** Returns what events make instances; null where none do. */
    default @Nullable Await events() {
        return this instanceof On on ? on.events() : null;
    }
}
