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

    /** Returns the outcome as scripts are told it: {@code matched}, {@code refused}, {@code undecided}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
