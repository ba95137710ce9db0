package dev.weft.cep.engine;

import dev.weft.cep.Pattern.Contiguity;
import dev.weft.cep.Pattern.Repeat;
import dev.weft.cep.Pattern.Step;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a partial match is, and what it waits for there. Sets of its candidates are longs: bit 0 is the first
 * candidate. There are never more than 64, because groups nest no deeper than twice.
 */
final class Place {

    /** Where the match is; it may be one of several, of which the events do not tell which. */
    final List<Spot> spots;

    /** Whether a match that gets here is complete. */
    final boolean ends;

    /** All candidates. */
    final long all;

    /** Those that must have the very next event. */
    final long next;

    /** Those that wait on when they have an event. */
    final long any;

    /** Those for which the step goes on that took the last event. */
    final long again;

    /** The one that waits for the end of the time. */
    final long end;

    /** What must be absent. */
    final List<Absence> absences;

    /** The step that can go on. */
    final @Nullable Step step;

    private final Candidate[] candidates;

    /** The bits of which one must hold for an event to do something, unless it must be the very next. */
    private final long interest;

    /** Where each candidate leads, as far as it was asked; what two threads write is the same. */
    private final @Nullable Place[] nexts;

    Place(List<Spot> spots, List<Candidate> found, boolean ends) {
        this.spots = spots;
        this.ends = ends;
        this.candidates = found.toArray(Candidate[]::new);
        this.nexts = new Place[candidates.length];
        if (candidates.length > Long.SIZE) {
            throw new IllegalArgumentException(candidates.length + " candidates");
        }
        long all = 0;
        long next = 0;
        long any = 0;
        long again = 0;
        long end = 0;
        long bits = 0;
        Step own = null;
        Set<Guard> guards = new LinkedHashSet<>();
        for (int i = 0; i < candidates.length; i++) {
            Candidate candidate = candidates[i];
            long mask = 1L << i;
            all |= mask;
            next |= candidate.contiguity() == Contiguity.NEXT ? mask : 0;
            any |= candidate.contiguity() == Contiguity.FOLLOWED_BY_ANY ? mask : 0;
            end |= candidate.isEnd() ? mask : 0;
            bits |= candidate.bit();
            guards.addAll(candidate.guards());
            if (candidate.again()) {
                again |= mask;
                own = candidate.step();
                bits |= own != null && own.until() != null ? Bits.until(candidate.number()) : 0;
            }
        }
        List<Absence> absent = new ArrayList<>();
        for (Guard guard : guards) {
            bits |= guard.bit();
            absent.add(new Absence(guard, concerned(guard)));
        }
        this.all = all;
        this.next = next;
        this.any = any;
        this.again = again;
        this.end = end;
        this.step = own;
        this.interest = bits;
        this.absences = List.copyOf(absent);
    }

    private long concerned(Guard guard) {
        long mask = 0;
        for (int i = 0; i < candidates.length; i++) {
            mask |= candidates[i].guards().contains(guard) ? 1L << i : 0;
        }
        return mask;
    }

    /** An absent step, and the candidates before which it must not come. */
    record Absence(Guard guard, long concerned) {}

    int size() {
        return candidates.length;
    }

    Candidate candidate(int number) {
        return candidates[number];
    }

    @Nullable
    Place next(int candidate) {
        return nexts[candidate];
    }

    Place remember(int candidate, Place place) {
        nexts[candidate] = place;
        return place;
    }

    /** Returns whether the event may do something to a match that waits here for these candidates. */
    boolean isConcerned(Sighting seen, boolean inScope, long waiting) {
        return seen.holds(interest) || inScope && (waiting & next) != 0;
    }

    /** Returns whether the step takes all it can before others see it. */
    boolean isGreedy() {
        return step != null && step.greedy();
    }

    /** Returns which candidates still wait when their step has had its event, or not. */
    long waitingOn(long waiting, long took) {
        return waiting & any | waiting & ~next & ~took;
    }

    /** Returns whether the step goes on waiting for each other event of its own. */
    boolean combines() {
        return step != null && step.repeat() == Repeat.COMBINATIONS;
    }

    /** Returns when the time of a candidate is over. */
    long deadline(int candidate, long first, long last, long within) {
        return Math.min(Spans.sum(first, within), Spans.sum(last, candidates[candidate].gap()));
    }
}
