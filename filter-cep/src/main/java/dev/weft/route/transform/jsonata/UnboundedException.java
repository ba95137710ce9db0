package dev.weft.route.transform.jsonata;

/** Ends an expression that costs too much. Never leaves this package. */
final class UnboundedException extends RuntimeException {

    static final String TOO_DEEP = "it calls itself, or is nested, too deeply";

    private static final long serialVersionUID = 1;

    UnboundedException(String why) {
        super(why, null, false, false);
    }

    String why() {
        return String.valueOf(getMessage());
    }
}
