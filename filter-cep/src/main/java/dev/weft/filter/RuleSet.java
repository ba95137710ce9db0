package dev.weft.filter;

import dev.weft.event.MeshEvent;
import java.util.List;
import java.util.Map;

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

    /**
     * Returns of each rule, by its number, why it does or does not want the event: what {@link #explain} says of each,
     * in short and in one go.
     */
    List<Reason> reasons(MeshEvent event);

    /** Returns how many numbers there are: one more than the largest that a rule was given. */
    int size();

    /**
     * Returns a set that differs from this one in the rules of these numbers. A rule is removed by
     * {@link Rule#nothing()} in its place, and added at any free number; numbers that are left out want nothing.
     */
    RuleSet with(Map<Integer, Rule> changes);

    /** Returns about how much memory the rules keep. */
    RuleMemory memory();

    /** Returns whether {@link #merged} would change nothing. */
    default boolean isMerged() {
        return true;
    }

    /** Returns the same rules in a form that is faster to ask, which may take long to make. */
    default RuleSet merged() {
        return this;
    }
}
