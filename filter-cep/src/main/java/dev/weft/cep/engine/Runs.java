package dev.weft.cep.engine;

import java.util.ArrayList;
import java.util.List;

/** What {@link GeneralEngine} remembers of one key. {@link RunsForm} writes and reads it. */
final class Runs {

    /** How many events were looked at since there was nothing to remember. */
    long looked;

    /** The position of the last event that the pattern looks at; -1 if there was none. */
    long latest = -1;

    /** In no order that matters. */
    final List<Run> runs = new ArrayList<>();

    /** In the order in which they will be told: by their first events, then as they became complete. */
    final List<Held> held = new ArrayList<>();

    /** When an event was last seen that must be absent before the first step. */
    final long[] lastSeen;

    /** Not after the first time at which something happens without an event. */
    long deadline = Long.MAX_VALUE;

    Runs(int leading) {
        lastSeen = Leading.neverSeen(leading);
    }

    boolean isEmpty() {
        return runs.isEmpty() && held.isEmpty() && Leading.isForgotten(lastSeen);
    }

    /** Keeps a complete match, behind those that are to be told before it. */
    void hold(Held match) {
        int place = held.size();
        while (place > 0 && held.get(place - 1).start() > match.start()) {
            place--;
        }
        held.add(place, match);
    }

    /** Returns how many events there are at most: no more than since the first began, and than all have taken. */
    long eventsAtMost() {
        long first = looked;
        long taken = 0;
        for (Run run : runs) {
            first = Math.min(first, run.start());
            taken += run.link.depth() + 1;
        }
        for (Held match : held) {
            first = Math.min(first, match.start());
            taken += match.link().depth() + 1;
        }
        return Math.min(looked - first, taken);
    }
}
