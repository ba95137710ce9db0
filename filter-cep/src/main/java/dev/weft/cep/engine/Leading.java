package dev.weft.cep.engine;

import dev.weft.cep.Pattern;
import dev.weft.cep.Pattern.Step;
import dev.weft.cep.engine.Outcomes.Note;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What must be absent before the first event of a match. What there is to remember is when each of it was last seen, or
 * {@link #NEVER}: an array that engines keep in their state.
 */
final class Leading {

    static final long NEVER = Long.MIN_VALUE;

    private final List<Guard> guards;
    private final long within;
    private final long interest;

    private Leading(List<Guard> guards, long within) {
        this.guards = guards;
        this.within = within;
        this.interest = guards.stream().mapToLong(Guard::bit).reduce(0, (bits, bit) -> bits | bit);
    }

    static Leading of(Pattern pattern) {
        List<Step> steps = pattern.steps();
        List<Guard> guards = new ArrayList<>();
        for (int i = 0; i < steps.size() && steps.get(i).absent(); i++) {
            guards.add(Guard.of(steps.get(i), i));
        }
        return new Leading(List.copyOf(guards), pattern.within().toMillis());
    }

    int size() {
        return guards.size();
    }

    static long[] neverSeen(int size) {
        long[] lastSeen = new long[size];
        Arrays.fill(lastSeen, NEVER);
        return lastSeen;
    }

    static boolean isForgotten(long[] lastSeen) {
        for (long time : lastSeen) {
            if (time != NEVER) {
                return false;
            }
        }
        return true;
    }

    /** Returns the bits of which one must hold for an event to be remembered. */
    long interest() {
        return interest;
    }

    /** Remembers the event if it is one that must be absent; to be called after it has begun what it begins. */
    void remember(long[] lastSeen, Sighting seen, Key key, Outcomes outcomes) {
        for (int i = 0; i < lastSeen.length; i++) {
            if (guards.get(i).isMet(seen, name -> name.equals("key") ? key.text() : null, outcomes)) {
                lastSeen[i] = seen.event().time();
            }
        }
    }

    /** Returns whether no match may begin at that time. */
    boolean isBarred(long[] lastSeen, long time, Outcomes outcomes) {
        for (int i = 0; i < lastSeen.length; i++) {
            if (lastSeen[i] != NEVER && forgottenAt(lastSeen, i) > time) {
                outcomes.noted(Note.ENDED_BY_ABSENT, guards.get(i).step().name());
                return true;
            }
        }
        return false;
    }

    void forget(long[] lastSeen, long time) {
        for (int i = 0; i < lastSeen.length; i++) {
            if (lastSeen[i] != NEVER && forgottenAt(lastSeen, i) <= time) {
                lastSeen[i] = NEVER;
            }
        }
    }

    /** Returns when the first of what was seen can be forgotten. */
    long deadline(long[] lastSeen) {
        long deadline = Long.MAX_VALUE;
        for (int i = 0; i < lastSeen.length; i++) {
            if (lastSeen[i] != NEVER) {
                deadline = Math.min(deadline, forgottenAt(lastSeen, i));
            }
        }
        return deadline;
    }

    private long forgottenAt(long[] lastSeen, int place) {
        return Spans.sum(lastSeen[place], Math.min(guards.get(place).gap(), within));
    }
}
