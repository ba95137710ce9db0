package dev.weft.cep.engine;

import dev.weft.cep.Pattern;
import dev.weft.cep.Pattern.Condition;
import dev.weft.cep.Pattern.Limits;
import dev.weft.cep.Pattern.Limits.Overflow;
import dev.weft.cep.Pattern.Step;
import dev.weft.cep.engine.Outcomes.Note;
import dev.weft.cep.engine.Place.Absence;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one event does to the runs of its key. */
final class Turn {

    private final Limits limits;
    private final long within;
    private final Automaton automaton;
    private final Runs state;
    private final Key key;
    private final Sighting seen;
    private final Taken event;
    private final boolean inScope;
    private final Telling telling;
    private final Outcomes outcomes;
    private final List<Run> complete = new ArrayList<>();

    /**
     * @param position of the event among those of the key
     * @param inScope whether it is one of those that the pattern looks at
     */
    Turn(
            Pattern pattern,
            Automaton automaton,
            Runs state,
            Key key,
            Sighting seen,
            long position,
            boolean inScope,
            Telling telling,
            Outcomes outcomes) {
        this.limits = pattern.limits();
        this.within = pattern.within().toMillis();
        this.automaton = automaton;
        this.state = state;
        this.key = key;
        this.seen = seen;
        this.event = new Taken(position, seen.event());
        this.inScope = inScope;
        this.telling = telling;
        this.outcomes = outcomes;
    }

    /** Puts the event to all runs, unless it ends them. */
    void advance() {
        if (seen.holds(Bits.UNTIL)) {
            for (Run run : state.runs) {
                telling.end(run);
                outcomes.noted(Note.ENDED_BY_UNTIL, "");
            }
            telling.release();
            return;
        }
        for (Run run : state.runs) {
            if (run.place.isConcerned(seen, inScope, run.waiting)) {
                advance(run);
            }
        }
    }

    private void advance(Run run) {
        run.lapse(seen.event().time(), within);
        Place place = run.place;
        LinkBindings bindings = telling.bindings(run.link);
        Step absent = null;
        for (Absence absence : place.absences) {
            boolean looks = !absence.guard().isNext() || run.link.event().position() == state.latest;
            if (looks
                    && (run.waiting & absence.concerned()) != 0
                    && absence.guard().isMet(seen, bindings, outcomes)) {
                run.waiting &= ~absence.concerned();
                absent = absence.guard().step();
            }
        }
        boolean until = (run.waiting & place.again) != 0 && isUntil(place, run.link.step(), bindings);
        if (until) {
            run.waiting &= ~place.again;
        }
        long took = put(run, bindings);
        if (run.waiting != 0) {
            run.deadline = run.nextDeadline(within);
            state.deadline = Math.min(state.deadline, run.deadline);
            return;
        }
        telling.end(run);
        if (took == 0) {
            noteEnd(absent, until ? place.step : null);
        }
    }

    private boolean isUntil(Place place, int number, LinkBindings bindings) {
        Step step = place.step;
        Condition until = step == null ? null : step.until();
        return step != null
                && until != null
                && Asking.isMet(Bits.until(number), until.correlated(), step.name(), seen, bindings, outcomes);
    }

    private void noteEnd(@Nullable Step absent, @Nullable Step until) {
        if (absent != null) {
            outcomes.noted(Note.ENDED_BY_ABSENT, absent.name());
        } else if (until != null) {
            outcomes.noted(Note.ENDED_BY_UNTIL, until.name());
        } else {
            outcomes.noted(Note.INTERRUPTED, "");
        }
    }

    /** Puts the event to the candidates of a run, and returns which of them have taken it. */
    private long put(Run run, LinkBindings bindings) {
        Place place = run.place;
        long again = run.waiting & place.again;
        if (again != 0 && place.isGreedy() && isWanted(place, again, bindings)) {
            bear(run.link, place, again);
            run.waiting = place.combines() ? again : 0;
            return again;
        }
        long took = takers(place, run.waiting, bindings);
        bearAll(run.link, place, took);
        run.waiting = place.waitingOn(run.waiting, took);
        return took;
    }

    private boolean isWanted(Place place, long candidates, LinkBindings bindings) {
        return place.candidate(Long.numberOfTrailingZeros(candidates)).isMet(seen, bindings, outcomes);
    }

    /** Returns which candidates want the event; those of one step are asked once. */
    private long takers(Place place, long waiting, LinkBindings bindings) {
        long takers = 0;
        int asked = Candidate.END;
        boolean wanted = false;
        for (long left = waiting & ~place.end; left != 0; left &= left - 1) {
            Candidate candidate = place.candidate(Long.numberOfTrailingZeros(left));
            if (candidate.number() != asked) {
                asked = candidate.number();
                wanted = candidate.isMet(seen, bindings, outcomes);
            }
            takers |= wanted ? Long.lowestOneBit(left) : 0;
        }
        return takers;
    }

    /** Makes a run of each step that has taken the event. */
    private void bearAll(@Nullable Link before, Place place, long took) {
        long left = took;
        while (left != 0) {
            int number = place.candidate(Long.numberOfTrailingZeros(left)).number();
            long same = 0;
            while (left != 0
                    && place.candidate(Long.numberOfTrailingZeros(left)).number() == number) {
                same |= Long.lowestOneBit(left);
                left &= left - 1;
            }
            bear(before, place, same);
        }
    }

    private void bear(@Nullable Link before, Place place, long took) {
        Candidate taker = place.candidate(Long.numberOfTrailingZeros(took));
        outcomes.noted(Note.TAKEN, taker.name());
        Place next = automaton.after(place, took);
        Run run = new Run(Link.of(before, taker.number(), event), next, next.all, next.ends, within);
        telling.bear(run);
        if (next.ends) {
            complete.add(run);
        }
    }

    /** Begins what the event begins. */
    void begin(Leading leading) {
        Place start = automaton.start();
        if (!start.isConcerned(seen, inScope, 0)) {
            return;
        }
        LinkBindings none = new LinkBindings(automaton.steps(), null, key);
        long takers = takers(start, start.all, none);
        if (takers != 0 && !leading.isBarred(state.lastSeen, seen.event().time(), outcomes)) {
            bearAll(null, start, takers);
        }
    }

    /** Tells what is complete, and gives up what is too many. */
    void finish() {
        if (complete.size() > 1) {
            complete.sort(Run.ORDER);
        }
        for (Run run : complete) {
            if (!run.ended) {
                run.ended = run.waiting == 0;
                telling.complete(run.link, event.event().time());
            }
        }
        if (telling.hasEnded()) {
            telling.release();
        }
        int most = limits.partialsPerKey();
        if (state.runs.size() + telling.born().size() + state.held.size() > most) {
            for (int left = count() - most; left > 0 && giveUpOne(); left = count() - most) {
                telling.release();
            }
        }
    }

    private int count() {
        return open(state.runs).size() + open(telling.born()).size() + state.held.size();
    }

    /** Returns whether there was one to give up. */
    private boolean giveUpOne() {
        List<Run> born = open(telling.born());
        if (limits.overflow() == Overflow.DROP_OLDEST) {
            born.addAll(open(state.runs));
            return born.stream().min(Run.ORDER).map(this::giveUp).orElse(false);
        }
        return born.stream().max(Run.ORDER).map(this::giveUp).orElseGet(this::giveUpHeld);
    }

    private boolean giveUp(Run run) {
        telling.end(run);
        outcomes.noted(Note.DROPPED, "");
        return true;
    }

    private boolean giveUpHeld() {
        for (int i = state.held.size() - 1; i >= 0; i--) {
            if (state.held.get(i).link().event() == event) {
                state.held.remove(i);
                outcomes.noted(Note.DROPPED, "");
                return true;
            }
        }
        return false;
    }

    private static List<Run> open(List<Run> runs) {
        List<Run> open = new ArrayList<>();
        for (Run run : runs) {
            if (!run.ended && run.waiting != 0) {
                open.add(run);
            }
        }
        return open;
    }
}
