package dev.weft.filter;

import dev.weft.event.MeshEvent;

/**
 * Rules, known by their numbers from 0, that are asked about the same events.
 *
 * <p>Immutable, and safe to share between threads as long as each has its own {@link Matches}. An event's payload is
 * read at most once, and only if some rule's answer depends on it.
 */
public interface RuleSet {

    /** Replaces what {@code into} holds by the answer for the event. */
    void match(MeshEvent event, Matches into);

    /** Returns why the rule of that number does or does not want the event. */
    Explanation explain(int rule, MeshEvent event);

    /** Returns how many rules there are. */
    int size();
}
