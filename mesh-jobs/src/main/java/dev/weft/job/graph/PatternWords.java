package dev.weft.job.graph;

import dev.weft.cep.Pattern;
import dev.weft.cep.Pattern.Contiguity;
import dev.weft.cep.Pattern.Group;
import dev.weft.cep.Pattern.Part;
import dev.weft.cep.Pattern.Step;
import dev.weft.cep.Pattern.Times;
import dev.weft.config.DurationText;
import java.util.List;
import java.util.stream.Collectors;

/** Says what a pattern looks for on one line: {@code failed ×3 › entered, within 10m}. */
final class PatternWords {

    private static final String THEN = " › ";

    private PatternWords() {}

    static String of(Pattern pattern) {
        String words = sequence(pattern.sequence()) + ", within " + DurationText.of(pattern.within());
        return pattern.enabled() ? words : "disabled: " + words;
    }

    private static String sequence(List<Part> parts) {
        return parts.stream().map(PatternWords::part).collect(Collectors.joining(THEN));
    }

    private static String part(Part part) {
        String what = part instanceof Group group ? "(" + sequence(group.sequence()) + ")" : ((Step) part).name();
        boolean absent = part instanceof Step step && step.absent();
        return (absent ? "no " : part.optional() ? "perhaps " : "") + contiguity(part) + what + times(part.times());
    }

    private static String contiguity(Part part) {
        return part.contiguity() == Contiguity.NEXT
                ? "next "
                : part.contiguity() == Contiguity.FOLLOWED_BY_ANY ? "any " : "";
    }

    private static String times(Times times) {
        if (times.isOnce()) {
            return "";
        }
        return " ×" + times.least() + (times.isUnbounded() ? "+" : times.isFixed() ? "" : ".." + times.most());
    }
}
