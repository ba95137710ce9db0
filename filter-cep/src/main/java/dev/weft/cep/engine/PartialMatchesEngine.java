package dev.weft.cep.engine;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** What engines have in common that remember {@link PartialMatches}. */
abstract class PartialMatchesEngine implements PatternEngine<PartialMatches> {

    private static final int EMPTY_WEIGHT = 200;
    private static final int PARTIAL_WEIGHT = 600;
    private static final int EVENT_WEIGHT = 500;

    private final int leading;

    /** @param leading how many steps at the beginning must be absent */
    PartialMatchesEngine(int leading) {
        this.leading = leading;
    }

    abstract void take(PartialMatches state, Key key, Sighting seen, Outcomes outcomes, boolean begins);

    @Override
    public final PartialMatches nothing() {
        return new PartialMatches(leading);
    }

    @Override
    public final void onEvent(PartialMatches state, Key key, Sighting seen, Outcomes outcomes) {
        take(state, key, seen, outcomes, true);
    }

    @Override
    public final void drain(PartialMatches state, Key key, Sighting seen, Outcomes outcomes) {
        take(state, key, seen, outcomes, false);
    }

    @Override
    public final long deadline(PartialMatches state) {
        return state.deadline;
    }

    @Override
    public final boolean isEmpty(PartialMatches state) {
        return state.isEmpty();
    }

    @Override
    public final int size(PartialMatches state) {
        return state.size();
    }

    @Override
    public final long weight(PartialMatches state) {
        return EMPTY_WEIGHT + (long) PARTIAL_WEIGHT * state.partials.size() + (long) EVENT_WEIGHT * state.window.size();
    }

    @Override
    public final void write(PartialMatches state, DataOutput out) throws IOException {
        PartialMatchesForm.write(state, out);
    }

    @Override
    public final PartialMatches read(DataInput in) throws IOException {
        return PartialMatchesForm.read(in);
    }
}
