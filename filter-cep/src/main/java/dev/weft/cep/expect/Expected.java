package dev.weft.cep.expect;

import java.util.List;

/**
 * What someone expects patterns to tell.
 *
 * @param inOrder whether the events must come in this order
 * @param exactly whether no other events may come
 */
public record Expected(List<ExpectedEvent> events, boolean inOrder, boolean exactly) {

    public Expected {
        events = List.copyOf(events);
    }
}
