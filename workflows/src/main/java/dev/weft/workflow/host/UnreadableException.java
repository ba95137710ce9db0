package dev.weft.workflow.host;

/** Bytes are not what they should be. */
public final class UnreadableException extends Exception {

    private static final long serialVersionUID = 1;

    UnreadableException(String message) {
        super(message);
    }
}
