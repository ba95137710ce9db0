package dev.weft.cep.engine;

import java.util.Comparator;

/** A match that has begun and still waits for something. */
final class Run {

    /** The order in which runs end whose time is over. */
    static final Comparator<Run> BY_DEADLINE =
            Comparator.<Run>comparingLong(run -> run.deadline).thenComparing(run -> run.link, Link.ORDER);

    static final Comparator<Run> ORDER = Comparator.comparing(run -> run.link, Link.ORDER);

    final Link link;
    final Place place;

    /** The candidates of the place that it waits for. */
    long waiting;

    /** Whether it is a match already, and waits for what makes a longer one. */
    boolean complete;

    /** When something happens to it without an event, milliseconds since 1970. */
    long deadline;

    /** Whether it ended while its list was being gone through. */
    boolean ended;

    Run(Link link, Place place, long waiting, boolean complete, long within) {
        this.link = link;
        this.place = place;
        this.waiting = waiting;
        this.complete = complete;
        this.deadline = nextDeadline(within);
    }

    long start() {
        return link.start();
    }

    /** Forgets candidates whose time is over. */
    void lapse(long time, long within) {
        for (long left = waiting; left != 0; left &= left - 1) {
            int candidate = Long.numberOfTrailingZeros(left);
            if (deadline(candidate, within) <= time) {
                waiting &= ~(1L << candidate);
            }
        }
    }

    /** It is complete when the end's time comes, if it waits for that; else it is over with its last candidate. */
    long nextDeadline(long within) {
        long end = waiting & place.end;
        if (end != 0) {
            return deadline(Long.numberOfTrailingZeros(end), within);
        }
        long latest = Long.MIN_VALUE;
        for (long left = waiting; left != 0; left &= left - 1) {
            latest = Math.max(latest, deadline(Long.numberOfTrailingZeros(left), within));
        }
        return latest;
    }

    /** Returns the first step, in the order of the pattern, of those whose time is over last. */
    String waitingFor(long within) {
        for (long left = waiting; left != 0; left &= left - 1) {
            int candidate = Long.numberOfTrailingZeros(left);
            if (deadline(candidate, within) == deadline) {
                return place.candidate(candidate).name();
            }
        }
        throw new IllegalStateException("a match that waits for nothing");
    }

    private long deadline(int candidate, long within) {
        return place.deadline(
                candidate, link.first().event().time(), link.event().event().time(), within);
    }
}
