package dev.weft.cep.engine;

import dev.weft.cep.Pattern;
import dev.weft.cep.engine.Outcomes.Timeout;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.PriorityQueue;

/** Finds the matches of every pattern. */
final class GeneralEngine implements PatternEngine<Runs> {

    /*
     * A run is a match that has begun: the events it has taken, and the candidates it waits for, which an Automaton
     * knows for each place in the pattern. An event is put to each candidate by itself. One that takes it makes a new
     * run; whether it waits on beside that is a matter of its contiguity. So runs branch, and share what they have in
     * common. A run that waits for nothing any more is gone.
     *
     * An event does what it does in this order: time passes; until ends all; every run sees it, and those that take it
     * bear new ones; it begins what it begins; what is complete is told, and ends others; what is too many goes.
     */

    private static final int EMPTY_WEIGHT = 200;
    private static final int RUN_WEIGHT = 150;
    private static final int EVENT_WEIGHT = 550;

    private final Pattern pattern;
    private final long within;
    private final Automaton automaton;
    private final Leading leading;
    private final AfterMatches afterMatches;
    private final RunsForm form;

    GeneralEngine(Pattern pattern) {
        this.pattern = pattern;
        this.within = pattern.within().toMillis();
        this.automaton = Automaton.of(pattern);
        this.leading = Leading.of(pattern);
        this.afterMatches = new AfterMatches(pattern);
        this.form = new RunsForm(automaton, within);
    }

    @Override
    public Runs nothing() {
        return new Runs(leading.size());
    }

    @Override
    public void onEvent(Runs state, Key key, Sighting seen, Outcomes outcomes) {
        take(state, key, seen, outcomes, true);
    }

    @Override
    public void drain(Runs state, Key key, Sighting seen, Outcomes outcomes) {
        take(state, key, seen, outcomes, false);
    }

    private void take(Runs state, Key key, Sighting seen, Outcomes outcomes, boolean begins) {
        onTime(state, key, seen.event().time(), outcomes);
        if (state.runs.isEmpty() && state.held.isEmpty()) {
            state.looked = 0;
            state.latest = -1;
        }
        long position = state.looked++;
        boolean inScope = pattern.events() == null || seen.holds(Bits.EVENTS);
        if (isConcerned(state, seen, inScope, begins)) {
            Telling telling = telling(state, key, outcomes);
            Turn turn = new Turn(pattern, automaton, state, key, seen, position, inScope, telling, outcomes);
            turn.advance();
            if (begins) {
                turn.begin(leading);
                leading.remember(state.lastSeen, seen, key, outcomes);
                state.deadline = Math.min(state.deadline, leading.deadline(state.lastSeen));
            }
            turn.finish();
            settle(state, telling);
        }
        if (inScope) {
            state.latest = position;
        }
    }

    private boolean isConcerned(Runs state, Sighting seen, boolean inScope, boolean begins) {
        if (seen.holds(Bits.UNTIL | leading.interest())
                || begins && automaton.start().isConcerned(seen, inScope, 0)) {
            return true;
        }
        for (Run run : state.runs) {
            if (run.place.isConcerned(seen, inScope, run.waiting)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void onTime(Runs state, Key key, long time, Outcomes outcomes) {
        if (time < state.deadline) {
            return;
        }
        leading.forget(state.lastSeen, time);
        PriorityQueue<Run> over = new PriorityQueue<>(Run.BY_DEADLINE);
        for (Run run : state.runs) {
            if (run.deadline <= time) {
                over.add(run);
            }
        }
        Telling telling = telling(state, key, outcomes);
        for (Run run = over.poll(); run != null; run = over.poll()) {
            if (!run.ended) {
                end(run, telling, outcomes);
                if (!run.ended && run.deadline <= time) {
                    over.add(run);
                }
            }
        }
        clean(state);
    }

    /** The time is over of what the run waits for, or what completes it has come. */
    private void end(Run run, Telling telling, Outcomes outcomes) {
        long now = run.deadline;
        if ((run.waiting & run.place.end) == 0) {
            telling.end(run);
            if (!run.complete) {
                outcomes.timedOut(new Timeout(telling.bindings(run.link).byStep(), now, run.waitingFor(within)));
            }
            telling.release();
            return;
        }
        run.complete = true;
        run.lapse(now, within);
        if (run.waiting == 0) {
            telling.end(run);
        } else {
            run.deadline = run.nextDeadline(within);
        }
        telling.complete(run.link, now);
    }

    private Telling telling(Runs state, Key key, Outcomes outcomes) {
        return new Telling(pattern, afterMatches, automaton, state, key, outcomes);
    }

    private void settle(Runs state, Telling telling) {
        for (Run run : telling.born()) {
            if (!run.ended && run.waiting != 0) {
                state.runs.add(run);
                state.deadline = Math.min(state.deadline, run.deadline);
            }
        }
        if (telling.hasEnded()) {
            clean(state);
        }
    }

    private void clean(Runs state) {
        state.runs.removeIf(run -> run.ended);
        long deadline = leading.deadline(state.lastSeen);
        for (Run run : state.runs) {
            deadline = Math.min(deadline, run.deadline);
        }
        state.deadline = deadline;
    }

    @Override
    public long deadline(Runs state) {
        return state.deadline;
    }

    @Override
    public boolean isEmpty(Runs state) {
        return state.isEmpty();
    }

    @Override
    public int size(Runs state) {
        return state.runs.size();
    }

    @Override
    public long weight(Runs state) {
        return EMPTY_WEIGHT
                + (long) RUN_WEIGHT * (state.runs.size() + state.held.size())
                + EVENT_WEIGHT * state.eventsAtMost();
    }

    @Override
    public void write(Runs state, DataOutput out) throws IOException {
        form.write(state, out);
    }

    @Override
    public Runs read(DataInput in) throws IOException {
        return form.read(in);
    }
}
