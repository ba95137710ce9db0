package dev.weft.cep.emit;

/** A template cannot become an event with the values of a match. The message says why, and holds no payload. */
public final class UnfilledException extends Exception {

    private static final long serialVersionUID = 1;

    public UnfilledException(String why) {
        super(why, null, false, false);
    }
}
