package dev.weft.job.audit;

import java.util.Comparator;

/**
 * One route's way to one of its destinations: what the audit keeps a row for.
 *
 * @param destination the name of a channel or of a target; no channel has the name of a target
 */
public record Leg(String route, String destination) implements Comparable<Leg> {

    private static final Comparator<Leg> ORDER =
            Comparator.comparing(Leg::route).thenComparing(Leg::destination);

    @Override
    public int compareTo(Leg other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return route + " to " + destination;
    }
}
