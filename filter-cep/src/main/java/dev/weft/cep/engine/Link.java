package dev.weft.cep.engine;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * An event that a match has taken, with those taken before it; matches that began alike have the same links.
 *
 * @param before null for the first
 * @param first the first event
 * @param step the number of the step that took it
 * @param depth how many are before it
 */
record Link(@Nullable Link before, Taken first, int step, Taken event, int depth) {

    /**
     * The order in which matches of one instant are told: the one that began first is first; then the one whose next
     * event came first, and so on. Only for links that share what they have in common.
     */
    static final Comparator<Link> ORDER = Link::compare;

    static Link of(@Nullable Link before, int step, Taken event) {
        return before == null
                ? new Link(null, event, step, event, 0)
                : new Link(before, before.first, step, event, before.depth + 1);
    }

    /** Returns the place of the first event. */
    long start() {
        return first.position();
    }

    /** Links are compared as what they are: no two of one state say the same. */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    private static int compare(Link one, Link other) {
        if (one == other) {
            return 0;
        }
        if (one.start() != other.start()) {
            return Long.compare(one.start(), other.start());
        }
        Link a = one;
        Link b = other;
        while (a.depth > b.depth && a.before != null) {
            a = a.before;
        }
        while (b.depth > a.depth && b.before != null) {
            b = b.before;
        }
        if (a == b) {
            return Integer.compare(one.depth, other.depth);
        }
        while (a.before != b.before && a.before != null && b.before != null) {
            a = a.before;
            b = b.before;
        }
        int positions = Long.compare(a.event.position(), b.event.position());
        return positions != 0 ? positions : Integer.compare(a.step, b.step);
    }
}
