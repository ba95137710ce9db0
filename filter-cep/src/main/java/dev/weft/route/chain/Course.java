package dev.weft.route.chain;

import dev.weft.event.MeshEvent;
import dev.weft.event.Reason;
import java.util.List;

/**
 * Hears what becomes of one event on its way through a chain. Steps are known by their place, from 0. Of
 * {@link #dropped}, {@link #failed}, {@link #asked} and {@link #arrived}, each run ends with exactly one.
 */
public interface Course {

    /** The event, as it is after the step, goes on behind it. */
    void passed(int step, MeshEvent event);

    /** The event ends at the step: it is not wanted. */
    void dropped(int step, MeshEvent event);

    /** An expression of the step's filter failed with this event; what becomes of the event is told besides. */
    void expressionFailed(int step);

    /** A copy of the event as it is now is to be delivered to these channels; then it goes on. */
    void tapped(MeshEvent event, List<String> channels);

    /**
     * The event ends at the step and goes to the dead letter.
     *
     * @param detail why, as a clause that follows the step's name and a colon
     */
    void failed(int step, Reason reason, String detail);

    /** Whether the event passes the step depends on what is remembered under the question's key. */
    void asked(int step, MeshEvent event, Question question);

    /** The event, as it is now, passed every step. */
    void arrived(MeshEvent event);
}
