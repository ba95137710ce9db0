package dev.weft.cep.engine;

import dev.weft.filter.cel.Bindings;
import dev.weft.filter.cel.CelAnswer;
import dev.weft.filter.cel.CelExpression;
import java.util.List;
import java.util.Map;

/** Takes what an engine finds, in the order in which it happens in the time of the events. */
public interface Outcomes {

    /** The whole pattern was seen. */
    void matched(Match match);

    /** A match had begun, and its time is over. */
    void timedOut(Timeout timeout);

    /** Something happened that a person may wonder about; {@code step} is empty where it concerns no single step. */
    void noted(Note note, String step);

    /**
     * A condition that depends on other events was asked and is not met; a {@link Note} says so too.
     *
     * @param step whose condition it is; empty for {@code having}
     * @param event which it was asked of; says nothing for {@code having}
     * @param bindings what its names stand for, until this returns
     */
    default void notMet(String step, CelExpression condition, CelAnswer answer, KeptEvent event, Bindings bindings) {}

    /**
     * A match.
     *
     * @param taken events by step, in the order of the steps
     * @param time when it was complete: the time of its last event, or when the time for an absent step was over
     */
    record Match(Map<String, List<KeptEvent>> taken, long time) {}

    /**
     * A match that did not become one.
     *
     * @param taken events by step, in the order of the steps; steps without events are left out
     * @param deadline when its time was over
     * @param waitingFor the step whose event did not come
     */
    record Timeout(Map<String, List<KeptEvent>> taken, long deadline, String waitingFor) {}

    /** What can happen to a partial match, and why it did not. */
    enum Note {
        /** An event was taken, for a partial match that began earlier or begins with it. */
        TAKEN,
        /** An event met what can be said of it alone, and not the condition that depends on the events before. */
        NOT_MET,
        /** A condition could not be evaluated, and counts as not met. */
        CONDITION_FAILED,
        /** An event came that must be absent. */
        ENDED_BY_ABSENT,
        /** The pattern's {@code until} ended it; or that of a step, if nothing else was waited for. */
        ENDED_BY_UNTIL,
        /** Something came where the very next event had to be another, and nothing else was waited for. */
        INTERRUPTED,
        /** A match that overlaps ended it. */
        SKIPPED,
        /** It was complete, and not as {@code having} wants it. */
        REJECTED,
        /** There were too many. */
        DROPPED,
        /** Another version of the pattern took over, and does not go on with it. */
        REPLACED
    }
}
