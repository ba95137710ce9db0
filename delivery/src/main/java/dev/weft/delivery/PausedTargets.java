package dev.weft.delivery;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * Deliveries to these targets are paused, and those to all others are not.
 *
 * @param names in alphabetical order
 */
public record PausedTargets(Set<String> names) implements Dispatch {

    public PausedTargets {
        names = Collections.unmodifiableSet(new TreeSet<>(names));
    }
}
