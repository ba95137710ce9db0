package dev.weft.job;

import dev.weft.event.MeshEvent;
import dev.weft.route.chain.Question;

/**
 * An event that waits at a step of its route for what is remembered of its key. It travels to where that is kept.
 *
 * @param plan the {@linkplain StepsPlan#id() id} of the plan by which it goes on
 * @param route the route's name
 * @param step the place of the step, from 0
 * @param question what the memory is asked
 * @param event as it is at the step
 * @param read as it was read; the same object as {@code event} while no step has changed it
 */
public record Pending(String plan, String route, int step, Question question, MeshEvent event, MeshEvent read) {

    /** Returns whether no step has changed the event. */
    @SuppressWarnings("ReferenceEquality") // a step that changes nothing hands on the event itself
    boolean isAsRead() {
        return event == read;
    }

    /** Returns the key whose memory is asked. */
    public String key() {
        return question.key();
    }
}
