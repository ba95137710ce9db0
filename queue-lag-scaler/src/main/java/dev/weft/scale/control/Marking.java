package dev.weft.scale.control;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Whether Kubernetes knows which TaskManagers run no task, so that it takes those when there are to be fewer. It is
 * told whenever tasks run on others than before, which only a restart of them brings about; and always before KEDA
 * hears of fewer replicas, which wait for it, but not for ever: to lose a failover is better than never to shrink.
 *
 * @param done the TaskManagers with tasks by which Pods were marked last
 * @param ordered when that was ordered last; {@link Instant#MIN} if it never was
 * @param since since when fewer replicas wait for it; empty if none do
 */
record Marking(Set<String> done, Instant ordered, Optional<Instant> since) {

    /** Nobody was told anything. */
    static final Marking NOT = new Marking(Set.of(), Instant.MIN, Optional.empty());

    /** Fewer replicas wait no longer than this. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Nothing came of it for so long, so it is ordered again. */
    static final Duration AGAIN = Duration.ofSeconds(10);

    /**
     * Goes one step further.
     *
     * @param used the TaskManagers with tasks; none if that is not known, or none has any
     * @param shrinks whether KEDA would be told of fewer replicas now
     */
    Marking next(Optional<Set<String>> marked, Set<String> used, boolean shrinks, Instant at) {
        Set<String> newest = marked.orElse(done);
        if (used.isEmpty()) {
            return new Marking(newest, ordered, Optional.empty());
        }
        boolean isMarked = since.isPresent() && marked.filter(used::equals).isPresent();
        boolean isGivenUp = since.filter(began -> isOver(began, PATIENCE, at)).isPresent();
        boolean waits = shrinks && !isMarked && !isGivenUp;
        boolean begins = waits && since.isEmpty();
        boolean isDue = (waits || !used.equals(newest)) && isOver(ordered, AGAIN, at);
        return new Marking(
                newest, begins || isDue ? at : ordered, waits ? since.or(() -> Optional.of(at)) : Optional.empty());
    }

    /** Whether fewer replicas wait. */
    boolean isAwaited() {
        return since.isPresent();
    }

    boolean isOrdered(Instant at) {
        return ordered.equals(at);
    }

    private static boolean isOver(Instant began, Duration time, Instant at) {
        return at.isBefore(began) || !at.isBefore(began.plus(time));
    }
}
