package dev.weft.cep.engine;

import dev.weft.cep.Pattern.Condition;
import dev.weft.cep.Pattern.Contiguity;
import dev.weft.cep.Pattern.Step;
import dev.weft.filter.cel.Bindings;
import dev.weft.filter.cel.CelExpression;
import org.jspecify.annotations.Nullable;

/**
 * Events that must not come.
 *
 * @param gap how long they must not come, milliseconds; {@link Spans#ANY} for as long as the pattern goes
 */
record Guard(Step step, long bit, @Nullable CelExpression correlated, long gap) {

    /** @param number of the step among all of the pattern */
    static Guard of(Step step, int number) {
        Condition condition = step.condition();
        return new Guard(step, Bits.step(number), condition.correlated(), Spans.gap(step));
    }

    /** Returns whether it looks at nothing but the event directly after the last that was taken. */
    boolean isNext() {
        return step.contiguity() == Contiguity.NEXT;
    }

    boolean isMet(Sighting seen, Bindings bindings, Outcomes outcomes) {
        return Asking.isMet(bit, correlated, step.name(), seen, bindings, outcomes);
    }
}
