package dev.weft.cep;

import dev.weft.cep.Pattern.AfterMatch;
import dev.weft.cep.Pattern.Contiguity;
import dev.weft.cep.Pattern.Emission;
import dev.weft.cep.Pattern.Part;
import dev.weft.cep.Pattern.Repeat;
import dev.weft.cep.Pattern.Step;
import java.util.List;

/** Which engine a pattern needs. */
public enum Shape {

    /**
     * One step that counts events that have nothing to do with each other: a window over them is all there is to know.
     */
    COUNT,

    /**
     * Steps of known numbers of events, each the next that the step wants: every first event makes one partial match.
     */
    SEQUENCE,

    /** All else: one first event may make many matches. */
    GENERAL;

    /** Returns the simplest shape that the pattern has. */
    public static Shape of(Pattern pattern) {
        if (isLeftmost(pattern) || !pattern.sequence().stream().allMatch(Shape::isFixed)) {
            return GENERAL;
        }
        return isCount(pattern) ? COUNT : SEQUENCE;
    }

    private static boolean isCount(Pattern pattern) {
        List<Step> steps = pattern.steps();
        Step only = steps.get(0);
        return steps.size() == 1
                && !only.times().isOnce()
                && only.condition().correlated() == null
                && only.within() == null
                && only.times().least() - 1 <= pattern.limits().partialsPerKey();
    }

    /** Where nothing ends with a match, it does not matter which is told first. */
    private static boolean isLeftmost(Pattern pattern) {
        AfterMatch.Kind kind = pattern.afterMatch().kind();
        return pattern.emission() == Emission.LEFTMOST
                && kind != AfterMatch.Kind.NO_SKIP
                && kind != AfterMatch.Kind.SKIP_TO_NEXT;
    }

    private static boolean isFixed(Part part) {
        return part instanceof Step step
                && step.contiguity() == Contiguity.FOLLOWED_BY
                && !step.optional()
                && step.times().isFixed()
                && step.repeat() == Repeat.RELAXED;
    }
}
