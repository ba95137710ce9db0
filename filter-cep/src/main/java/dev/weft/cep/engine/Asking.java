package dev.weft.cep.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.weft.cep.engine.Outcomes.Note;
import dev.weft.event.Origin;
import dev.weft.filter.cel.Bindings;
import dev.weft.filter.cel.CelAnswer;
import dev.weft.filter.cel.CelExpression;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Asks conditions. One that fails is not met, and noted. */
final class Asking {

    private static final KeptEvent NO_EVENT = new KeptEvent(0, Origin.NONE, Map.of(), MissingNode.getInstance());

    private Asking() {}

    static boolean isMet(
            long bit,
            @Nullable CelExpression correlated,
            String step,
            Sighting seen,
            Bindings bindings,
            Outcomes outcomes) {
        if (!seen.holds(bit)) {
            return false;
        }
        if (correlated == null) {
            return true;
        }
        JsonNode payload = seen.holds(Bits.UNREADABLE) ? null : seen.event().data();
        CelAnswer answer = correlated.ask(seen.event(), payload, bindings);
        boolean isMet = isYes(answer, step, outcomes);
        if (!isMet) {
            outcomes.noted(Note.NOT_MET, step);
            outcomes.notMet(step, correlated, answer, seen.event(), bindings);
        }
        return isMet;
    }

    /** Asks what a match as a whole must be like. */
    static boolean isMet(@Nullable CelExpression having, Bindings bindings, Outcomes outcomes) {
        if (having == null) {
            return true;
        }
        CelAnswer answer = having.ask(NO_EVENT, MissingNode.getInstance(), bindings);
        boolean isMet = isYes(answer, "", outcomes);
        if (!isMet) {
            outcomes.notMet("", having, answer, NO_EVENT, bindings);
        }
        return isMet;
    }

    private static boolean isYes(CelAnswer answer, String step, Outcomes outcomes) {
        if (answer.failure() != null) {
            outcomes.noted(Note.CONDITION_FAILED, step);
        }
        return answer.isYes();
    }
}
