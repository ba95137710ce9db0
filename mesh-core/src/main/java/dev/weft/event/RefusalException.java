package dev.weft.event;

/** Ends the reading of a record that is not an event. Never leaves this package. */
final class RefusalException extends Exception {

    private static final long serialVersionUID = 1;

    private final Reason reason;

    RefusalException(Reason reason, String detail) {
        // Thrown for every garbage record, so it carries no stack trace: nobody reads it and it costs most.
        super(detail, null, false, false);
        this.reason = reason;
    }

    Reason reason() {
        return reason;
    }

    String detail() {
        return String.valueOf(getMessage());
    }
}
