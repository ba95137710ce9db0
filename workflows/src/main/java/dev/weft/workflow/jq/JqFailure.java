package dev.weft.workflow.jq;

/**
 * An evaluation has no result: this data does not fit the expression, or it costs more than it may. Says which, in
 * words.
 */
public final class JqFailure extends Exception {

    private static final long serialVersionUID = 1;

    JqFailure(String message) {
        super(message, null, false, false);
    }
}
