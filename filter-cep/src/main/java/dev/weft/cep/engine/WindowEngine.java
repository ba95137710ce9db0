package dev.weft.cep.engine;

import dev.weft.cep.Pattern;
import dev.weft.cep.Pattern.Step;
import dev.weft.cep.engine.Outcomes.Match;
import dev.weft.cep.engine.Outcomes.Note;
import dev.weft.cep.engine.Outcomes.Timeout;

/**
 * Finds so many events of one kind within a time. Each event begins a partial match that takes all later ones, so the
 * events are all there is to keep, and a new one costs the same whatever their number.
 */
final class WindowEngine extends PartialMatchesEngine {

    private final SequencePlan plan;
    private final Pattern pattern;
    private final AfterMatches afterMatches;
    private final Step step;
    private final int count;

    WindowEngine(Pattern pattern) {
        super(0);
        this.plan = SequencePlan.of(pattern);
        this.pattern = pattern;
        this.afterMatches = new AfterMatches(pattern);
        this.step = pattern.steps().get(0);
        this.count = step.times().least();
    }

    @Override
    void take(PartialMatches state, Key key, Sighting seen, Outcomes outcomes, boolean begins) {
        onTime(state, key, seen.event().time(), outcomes);
        if (state.window.isEmpty()) {
            state.looked = 0;
        }
        Taken event = new Taken(state.looked++, seen.event());
        if (seen.holds(Bits.UNTIL)) {
            endAll(state, Note.ENDED_BY_UNTIL, outcomes);
        }
        if (seen.holds(Bits.step(0)) && (begins || !state.window.isEmpty())) {
            outcomes.noted(Note.TAKEN, step.name());
            state.window.add(event);
            state.lastBegin = begins ? event.position() : state.lastBegin;
            if (state.window.size() == count) {
                complete(state, key, event, outcomes);
            }
        }
        settle(state);
    }

    @Override
    public void onTime(PartialMatches state, Key key, long time, Outcomes outcomes) {
        while (time >= state.deadline) {
            long over = state.deadline;
            outcomes.timedOut(new Timeout(bindings(state, key).byStep(), over, step.name()));
            state.window.remove();
            settle(state);
        }
    }

    private void complete(PartialMatches state, Key key, Taken last, Outcomes outcomes) {
        TakenBindings bindings = bindings(state, key);
        state.window.remove();
        if (!afterMatches.isWanted(bindings, outcomes)) {
            return;
        }
        outcomes.matched(new Match(bindings.byStep(), last.event().time()));
        switch (pattern.afterMatch().kind()) {
            case NO_SKIP, SKIP_TO_NEXT -> {
                // Each later event has begun a partial match of its own.
            }
            case SKIP_PAST_LAST -> {
                state.window.removeLast();
                endAll(state, Note.SKIPPED, outcomes);
            }
            case SKIP_TO_FIRST, SKIP_TO_LAST -> {
                state.window.removeLast();
                endAll(state, Note.SKIPPED, outcomes);
                state.window.add(last);
            }
        }
    }

    private static void endAll(PartialMatches state, Note note, Outcomes outcomes) {
        state.window.forEach(each -> outcomes.noted(note, ""));
        state.window.clear();
    }

    /** Forgets events that no match began with, once none is left that could take them. */
    private void settle(PartialMatches state) {
        if (!state.window.isEmpty() && state.window.element().position() > state.lastBegin) {
            state.window.clear();
        }
        state.deadline = state.window.isEmpty()
                ? Long.MAX_VALUE
                : Spans.sum(state.window.element().event().time(), plan.within);
    }

    private TakenBindings bindings(PartialMatches state, Key key) {
        Taken[] taken = state.window.toArray(Taken[]::new);
        return new TakenBindings(plan, taken, taken.length, key);
    }
}
