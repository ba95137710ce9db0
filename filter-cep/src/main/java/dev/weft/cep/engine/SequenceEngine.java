package dev.weft.cep.engine;

import dev.weft.cep.Pattern;
import dev.weft.cep.Pattern.Limits.Overflow;
import dev.weft.cep.engine.Outcomes.Match;
import dev.weft.cep.engine.Outcomes.Note;
import dev.weft.cep.engine.Outcomes.Timeout;
import dev.weft.cep.engine.SequencePlan.Stage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Finds sequences of known numbers of events, each the next that its step wants. */
final class SequenceEngine extends PartialMatchesEngine {

    /*
     * Every event that the first step wants begins a partial match, and from there all is determined: it takes the next
     * event that the stage in which it waits wants, until all stages are through. So a partial match is its events and
     * the number of its stage. They lie in the order of their first events, which is the order in which matches of one
     * instant are told.
     *
     * At one instant, what happens because the time is over happens before what an event does. An event that ends
     * partial matches (until, absent steps) does so before it is taken; until before all else, so that the same event
     * can begin anew.
     */

    private static final Comparator<Partial> BY_DEADLINE =
            Comparator.<Partial>comparingLong(partial -> partial.deadline).thenComparingLong(Partial::start);

    private static final Taken[] NOTHING_TAKEN = {};

    private final SequencePlan plan;
    private final Pattern pattern;
    private final Leading leading;
    private final AfterMatches afterMatches;

    SequenceEngine(Pattern pattern) {
        this(pattern, Leading.of(pattern));
    }

    private SequenceEngine(Pattern pattern, Leading leading) {
        super(leading.size());
        this.plan = SequencePlan.of(pattern);
        this.pattern = pattern;
        this.leading = leading;
        this.afterMatches = new AfterMatches(pattern);
    }

    @Override
    void take(PartialMatches state, Key key, Sighting seen, Outcomes outcomes, boolean begins) {
        onTime(state, key, seen.event().time(), outcomes);
        if (state.partials.isEmpty()) {
            state.looked = 0;
        }
        Turn turn = new Turn(state, key, new Taken(state.looked++, seen.event()), seen, outcomes);
        if (seen.holds(Bits.UNTIL)) {
            turn.endAll();
        }
        turn.advance();
        if (begins) {
            turn.begin();
            leading.remember(state.lastSeen, seen, key, outcomes);
            state.deadline = Math.min(state.deadline, leading.deadline(state.lastSeen));
        }
        turn.finish();
    }

    @Override
    public void onTime(PartialMatches state, Key key, long time, Outcomes outcomes) {
        if (time < state.deadline) {
            return;
        }
        leading.forget(state.lastSeen, time);
        List<Partial> over = new ArrayList<>(state.partials.size());
        for (Partial partial : state.partials) {
            if (partial.deadline <= time) {
                over.add(partial);
            }
        }
        over.sort(BY_DEADLINE);
        for (Partial partial : over) {
            if (!partial.ended) {
                partial.ended = true;
                end(state, key, partial, outcomes);
            }
        }
        clean(state);
    }

    /** The partial match's time is over, which may be what completes it. */
    private void end(PartialMatches state, Key key, Partial partial, Outcomes outcomes) {
        TakenBindings bindings = new TakenBindings(plan, partial.taken, partial.stage, key);
        if (partial.stage < plan.stages.size()) {
            String waitingFor = plan.stages.get(partial.stage).step().name();
            outcomes.timedOut(new Timeout(bindings.byStep(), partial.deadline, waitingFor));
        } else {
            complete(state, partial, bindings, partial.deadline, outcomes);
        }
    }

    /** Returns before which place among the events no partial match may begin any more. */
    private long complete(PartialMatches state, Partial partial, TakenBindings bindings, long time, Outcomes outcomes) {
        if (!afterMatches.isWanted(bindings, outcomes)) {
            return Long.MIN_VALUE;
        }
        outcomes.matched(new Match(bindings.byStep(), time));
        long barrier = afterMatches.barrier(positions(partial));
        for (Partial other : state.partials) {
            if (!other.ended && other.start() < barrier) {
                other.ended = true;
                outcomes.noted(Note.SKIPPED, "");
            }
        }
        return barrier;
    }

    private AfterMatches.Positions positions(Partial match) {
        return new AfterMatches.Positions() {
            @Override
            public long last() {
                return match.last().position();
            }

            @Override
            public long first(String step) {
                return match.taken[range(step).from()].position();
            }

            @Override
            public long last(String step) {
                return match.taken[range(step).to() - 1].position();
            }
        };
    }

    private SequencePlan.Range range(String step) {
        SequencePlan.Range range = plan.ranges.get(step);
        if (range == null) {
            throw new IllegalStateException("no step " + step);
        }
        return range;
    }

    private void clean(PartialMatches state) {
        state.partials.removeIf(partial -> partial.ended);
        long deadline = leading.deadline(state.lastSeen);
        for (Partial partial : state.partials) {
            deadline = Math.min(deadline, partial.deadline);
        }
        state.deadline = deadline;
    }

    /** What one event does. */
    private final class Turn {

        private final PartialMatches state;
        private final Key key;
        private final Taken event;
        private final Sighting seen;
        private final Outcomes outcomes;
        private long barrier = Long.MIN_VALUE;
        private boolean ended;

        Turn(PartialMatches state, Key key, Taken event, Sighting seen, Outcomes outcomes) {
            this.state = state;
            this.key = key;
            this.event = event;
            this.seen = seen;
            this.outcomes = outcomes;
        }

        void endAll() {
            for (Partial partial : state.partials) {
                partial.ended = true;
                ended = true;
                outcomes.noted(Note.ENDED_BY_UNTIL, "");
            }
        }

        void advance() {
            List<Partial> partials = state.partials;
            for (int i = 0; i < partials.size(); i++) {
                Partial partial = partials.get(i);
                if (!partial.ended && seen.holds(plan.interest(partial.stage))) {
                    advance(partial);
                }
            }
        }

        private void advance(Partial partial) {
            TakenBindings bindings = new TakenBindings(plan, partial.taken, partial.stage, key);
            for (Guard guard : plan.guards(partial.stage)) {
                if (guard.isMet(seen, bindings, outcomes)) {
                    partial.ended = true;
                    ended = true;
                    outcomes.noted(Note.ENDED_BY_ABSENT, guard.step().name());
                    return;
                }
            }
            if (partial.stage < plan.stages.size() && isWanted(plan.stages.get(partial.stage), bindings)) {
                take(partial);
            }
        }

        private boolean isWanted(Stage stage, TakenBindings bindings) {
            return Asking.isMet(stage.bit(), stage.correlated(), stage.step().name(), seen, bindings, outcomes);
        }

        private void take(Partial partial) {
            outcomes.noted(Note.TAKEN, plan.stages.get(partial.stage).step().name());
            partial.taken[partial.stage++] = event;
            if (partial.stage < plan.stages.size() || !plan.trailing.isEmpty()) {
                long first = partial.taken[0].event().time();
                partial.deadline =
                        plan.deadline(partial.stage, first, seen.event().time());
                state.deadline = Math.min(state.deadline, partial.deadline);
                return;
            }
            partial.ended = true;
            ended = true;
            TakenBindings bindings = new TakenBindings(plan, partial.taken, partial.stage, key);
            barrier = Math.max(
                    barrier, complete(state, partial, bindings, seen.event().time(), outcomes));
        }

        void begin() {
            TakenBindings none = new TakenBindings(plan, NOTHING_TAKEN, 0, key);
            if (event.position() < barrier
                    || !seen.holds(plan.stages.get(0).bit())
                    || !isWanted(plan.stages.get(0), none)
                    || leading.isBarred(state.lastSeen, seen.event().time(), outcomes)) {
                return;
            }
            boolean completes = plan.stages.size() == 1 && plan.trailing.isEmpty();
            if (!completes && !hasRoom()) {
                return;
            }
            Partial partial = new Partial(new Taken[plan.stages.size()], 0, Long.MAX_VALUE);
            take(partial);
            if (!partial.ended) {
                state.partials.add(partial);
            }
        }

        private boolean hasRoom() {
            if (state.partials.size() < pattern.limits().partialsPerKey()) {
                return true;
            }
            List<Partial> open =
                    state.partials.stream().filter(partial -> !partial.ended).toList();
            if (open.size() < pattern.limits().partialsPerKey()) {
                return true;
            }
            outcomes.noted(Note.DROPPED, "");
            if (pattern.limits().overflow() == Overflow.DROP_NEW) {
                return false;
            }
            open.get(0).ended = true;
            ended = true;
            return true;
        }

        void finish() {
            if (ended) {
                clean(state);
            }
        }
    }
}
