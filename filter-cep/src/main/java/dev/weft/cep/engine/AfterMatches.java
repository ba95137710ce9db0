package dev.weft.cep.engine;

import dev.weft.cep.Pattern;
import dev.weft.cep.Pattern.AfterMatch;
import dev.weft.cep.engine.Outcomes.Note;
import dev.weft.filter.cel.Bindings;

/** What a match must be like as a whole, and what it does to others. */
final class AfterMatches {

    private final Pattern pattern;
    private final AfterMatch after;

    AfterMatches(Pattern pattern) {
        this.pattern = pattern;
        this.after = pattern.afterMatch();
    }

    /** Where a match has its events, among those of the key. */
    interface Positions {

        long last();

        long first(String step);

        long last(String step);
    }

    /** Returns whether a complete match is one that {@code having} wants. */
    boolean isWanted(Bindings bindings, Outcomes outcomes) {
        boolean isWanted = Asking.isMet(pattern.having(), bindings, outcomes);
        if (!isWanted) {
            outcomes.noted(Note.REJECTED, "");
        }
        return isWanted;
    }

    /** Returns before which position a partial match must have begun to end with the match. */
    long barrier(Positions match) {
        return switch (after.kind()) {
            case NO_SKIP, SKIP_TO_NEXT -> Long.MIN_VALUE;
            case SKIP_PAST_LAST -> match.last() + 1;
            case SKIP_TO_FIRST -> match.first(step());
            case SKIP_TO_LAST -> match.last(step());
        };
    }

    private String step() {
        String step = after.step();
        if (step == null) {
            throw new IllegalStateException(after.kind() + " without a step");
        }
        return step;
    }
}
