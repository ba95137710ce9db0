package dev.weft.cep.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * What a pattern remembers of one key. Changed by its {@link PatternEngine}, not safe for use by several threads;
 * {@link PartialMatchesForm} writes and reads it.
 */
public final class PartialMatches {

    /** Most keys have few partial matches at once, and there are many keys. */
    private static final int FEW = 2;

    /** How many events were looked at since there were no partial matches. */
    long looked;

    /** In the order of their first events. */
    final List<Partial> partials = new ArrayList<>(FEW);

    /** The events of a {@link WindowEngine}, which has no partial matches: each begins one that has all later ones. */
    final ArrayDeque<Taken> window = new ArrayDeque<>(0);

    /** The position of the last event of the window that began a match. */
    long lastBegin;

    /**
     * When an event was last seen that must be absent before the first step, for each such step; or
     * {@link Leading#NEVER}.
     */
    final long[] lastSeen;

    /** Not after the first time at which something happens without an event. */
    long deadline = Long.MAX_VALUE;

    PartialMatches(int leading) {
        lastSeen = Leading.neverSeen(leading);
    }

    /** Returns a copy that nothing of this one changes. */
    public PartialMatches copy() {
        PartialMatches copy = new PartialMatches(lastSeen.length);
        copy.looked = looked;
        partials.forEach(partial -> copy.partials.add(partial.copy()));
        copy.window.addAll(window);
        System.arraycopy(lastSeen, 0, copy.lastSeen, 0, lastSeen.length);
        copy.lastBegin = lastBegin;
        copy.deadline = deadline;
        return copy;
    }

    /** Returns whether there is nothing to remember: then the state can be thrown away. */
    public boolean isEmpty() {
        return partials.isEmpty() && window.isEmpty() && Leading.isForgotten(lastSeen);
    }

    /** Returns how many matches have begun and are not complete. */
    public int size() {
        return partials.size()
                + (int) window.stream()
                        .filter(taken -> taken.position() <= lastBegin)
                        .count();
    }
}
