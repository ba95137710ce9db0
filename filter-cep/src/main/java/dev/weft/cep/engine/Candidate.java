package dev.weft.cep.engine;

import dev.weft.cep.Pattern.Contiguity;
import dev.weft.cep.Pattern.Step;
import dev.weft.filter.cel.CelExpression;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One of the things a partial match waits for.
 *
 * @param number of the step whose event it waits for; {@link #END} if it waits for the end of its time
 * @param step null for the end
 * @param again whether the step goes on that took the last event
 * @param contiguity what may come before the event
 * @param guards what must not come before it
 * @param gap how long after the last event its time is over, milliseconds
 * @param to where the match is then, as far as it can be told from the events: at any of these
 */
record Candidate(
        int number,
        @Nullable Step step,
        boolean again,
        Contiguity contiguity,
        List<Guard> guards,
        long gap,
        Set<Spot> to) {

    static final int END = Integer.MAX_VALUE;

    boolean isEnd() {
        return number == END;
    }

    long bit() {
        return isEnd() ? 0 : Bits.step(number);
    }

    boolean isMet(Sighting seen, LinkBindings bindings, Outcomes outcomes) {
        CelExpression correlated = step == null ? null : step.condition().correlated();
        return Asking.isMet(bit(), correlated, name(), seen, bindings, outcomes);
    }

    String name() {
        return step == null ? "" : step.name();
    }
}
