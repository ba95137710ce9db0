package dev.weft.filter;

/** Which events someone wants. */
public final class Rule {

    private static final Rule EVERYTHING = new Rule();

    private Rule() {}

    /** Returns the rule that wants every event. */
    public static Rule everything() {
        return EVERYTHING;
    }
}
