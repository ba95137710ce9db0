package dev.weft.route.transform;

/** Ends a transform that cannot make an event. Never leaves this package. */
final class TransformFailure extends Exception {

    private static final long serialVersionUID = 1;

    TransformFailure(String detail) {
        // A bad event is no surprise and may be one of millions: no stack trace, which nobody would read.
        super(detail, null, false, false);
    }

    String detail() {
        return String.valueOf(getMessage());
    }
}
