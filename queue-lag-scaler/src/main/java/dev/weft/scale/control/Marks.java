package dev.weft.scale.control;

import java.util.Optional;
import java.util.Set;

/**
 * What was done with the Pods of a job's TaskManagers since the step before.
 *
 * @param kept whether anybody marks them for Kubernetes
 * @param used the TaskManagers with tasks by which they were marked; empty if they were not
 */
public record Marks(boolean kept, Optional<Set<String>> used) {

    /** Nobody marks them: Kubernetes takes whichever it likes. */
    public static final Marks UNKEPT = new Marks(false, Optional.empty());

    /** Somebody does, and has not since the step before. */
    public static final Marks UNCHANGED = new Marks(true, Optional.empty());

    /** All are marked right, if these are the TaskManagers with tasks. */
    static Marks by(Set<String> used) {
        return new Marks(true, Optional.of(Set.copyOf(used)));
    }
}
