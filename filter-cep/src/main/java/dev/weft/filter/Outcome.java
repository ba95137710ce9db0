package dev.weft.filter;

import java.util.Locale;

/**
 * What a rule, or a part of one, says of an event. It is undecided where it depends on a payload that cannot be read:
 * Kleene's third value, so one refused part refuses the whole, and one matched alternative matches, whatever the rest.
 */
public enum Outcome {
    MATCHED,
    REFUSED,
    UNDECIDED;

    static Outcome of(boolean holds) {
        return holds ? MATCHED : REFUSED;
    }

    /** Returns what both parts say together. */
    Outcome and(Outcome other) {
        if (this == REFUSED || other == REFUSED) {
            return REFUSED;
        }
        return this == UNDECIDED ? this : other;
    }

    /** Returns what one of two alternatives says. */
    Outcome or(Outcome other) {
        if (this == MATCHED || other == MATCHED) {
            return MATCHED;
        }
        return this == UNDECIDED ? this : other;
    }

    /** Returns the outcome as scripts are told it: {@code matched}, {@code refused}, {@code undecided}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
