package dev.weft.filter.cel;

/** Ends an expression that costs too much. Unlike {@link Failed} nothing absorbs it. Never leaves this package. */
final class TooManyStepsException extends RuntimeException {

    private static final long serialVersionUID = 1;

    TooManyStepsException() {
        super("more than " + Run.MOST_STEPS + " steps", null, false, false);
    }
}
