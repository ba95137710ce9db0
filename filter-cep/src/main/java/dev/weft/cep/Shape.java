package dev.weft.cep;

import dev.weft.cep.Pattern.AfterMatch;
import dev.weft.cep.Pattern.Contiguity;
import dev.weft.cep.Pattern.Emission;
import dev.weft.cep.Pattern.Part;
import dev.weft.cep.Pattern.Repeat;
import dev.weft.cep.Pattern.Step;
import java.util.List;
import java.util.Optional;

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
        if (generalBecause(pattern.sequence(), pattern.afterMatch(), pattern.emission())
                .isPresent()) {
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

    /**
     * Returns what makes the pattern one for the general engine, ready to stand after a step's name; nothing if none.
     */
    static Optional<String> generalBecause(List<Part> sequence, AfterMatch afterMatch, Emission emission) {
        if (emission == Emission.LEFTMOST
                && afterMatch.kind() != AfterMatch.Kind.NO_SKIP
                && afterMatch.kind() != AfterMatch.Kind.SKIP_TO_NEXT) {
            return Optional.of("emission: leftmost");
        }
        return sequence.stream()
                .map(Shape::generalBecause)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<String> generalBecause(Part part) {
        if (!(part instanceof Step step)) {
            return Optional.of("a group");
        }
        String because = step.contiguity() != Contiguity.FOLLOWED_BY
                ? "contiguity: " + Choices.name(step.contiguity())
                : step.optional()
                        ? "an optional step"
                        : !step.times().isFixed()
                                ? "a step that takes a number of events that is not fixed"
                                : step.repeat() != Repeat.RELAXED ? "repeat: " + Choices.name(step.repeat()) : null;
        return Optional.ofNullable(because);
    }
}
