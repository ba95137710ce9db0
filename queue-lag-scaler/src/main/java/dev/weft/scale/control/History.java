package dev.weft.scale.control;

import dev.weft.scale.Decision;
import dev.weft.scale.control.Answers.Seen;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The decisions of the last hours: the newest as they were, of the older ones every change and between changes one for
 * each {@link #SPACING}, without its words. So it is small enough for a thousand ScaledObjects. For one thread.
 */
final class History {

    private static final int NEWEST = 30;
    private static final int OLDER = 180;
    private static final Duration SPACING = Duration.ofMinutes(2);

    private final Deque<Seen> newest = new ArrayDeque<>();
    private final Deque<Seen> older = new ArrayDeque<>();

    /** Adds what was seen last. */
    void add(Seen seen) {
        newest.addLast(seen);
        if (newest.size() > NEWEST) {
            age(newest.removeFirst());
        }
    }

    /** Returns what was seen last. */
    Optional<Seen> newest() {
        return Optional.ofNullable(newest.peekLast());
    }

    /** Returns all of it, oldest first. */
    List<Seen> all() {
        List<Seen> all = new ArrayList<>(older);
        all.addAll(newest);
        return all;
    }

    /** Whether a decision changes something. */
    static boolean isChange(Decision decision) {
        return switch (decision.verdict()) {
            case UP, DOWN, ZERO, WAKE -> true;
            case HOLD, SETTLING -> false;
        };
    }

    private void age(Seen seen) {
        if (isChange(seen.decision())) {
            older.addLast(seen);
        } else if (older.isEmpty() || isApart(older.getLast(), seen)) {
            older.addLast(withoutWords(seen));
        }
        if (older.size() > OLDER) {
            older.removeFirst();
        }
    }

    private static boolean isApart(Seen earlier, Seen later) {
        Instant then = earlier.decision().at();
        Instant now = later.decision().at();
        return now.isBefore(then) || !now.isBefore(then.plus(SPACING));
    }

    private static Seen withoutWords(Seen seen) {
        Decision all = seen.decision();
        Decision bare = new Decision(
                all.at(),
                all.verdict(),
                all.active(),
                all.parallelism(),
                all.replicas(),
                all.lag(),
                all.arrivalsPerSecond(),
                all.capacityPerSubtask(),
                List.of(),
                List.of());
        return new Seen(bare, seen.answer(), seen.lagByTopic());
    }
}
