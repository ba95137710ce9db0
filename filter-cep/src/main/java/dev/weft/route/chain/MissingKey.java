package dev.weft.route.chain;

/** What becomes of an event that has no value, or JSON null, where a step looks for its key. */
public enum MissingKey {
    /** It goes to the dead letter. */
    FAIL,
    /** It goes on to the next step, unasked. */
    PASS,
    /** It ends here. */
    DROP
}
