package dev.weft.cep.engine;

import java.util.List;

/**
 * Where in a pattern a match is that has taken an event.
 *
 * @param step the number of the step that took it
 * @param counts how many events the step has taken, then how often each group around it is being taken, from the inside
 *     out; a count that has reached all that matters grows no more
 */
record Spot(int step, List<Integer> counts) {

    Spot {
        counts = List.copyOf(counts);
    }
}
