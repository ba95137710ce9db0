package dev.weft.workflow.engine;

/** Bytes are not what is kept of an instance of the program at hand; the message says in words why. */
public final class InstanceUnreadable extends Exception {

    private static final long serialVersionUID = 1;

    InstanceUnreadable(String message) {
        super(message);
    }
}
