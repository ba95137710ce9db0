package dev.weft.scale.rest;

/** A request that has no answer, or one that says no; the message is one sentence for the person who reads the log. */
final class RestFailure extends Exception {

    private static final long serialVersionUID = 1L;

    private final int status;

    /**
     * Makes one.
     *
     * @param status of the answer; 0 if there was none
     */
    RestFailure(int status, String message) {
        super(message);
        this.status = status;
    }

    /** Returns whether a JobManager has answered that it cannot do this, and would say so again. */
    boolean isRefusal() {
        return status >= 400 && status != 503 && status != 502 && status != 504 && status != 401 && status != 403;
    }

    /** Returns the sentence. */
    String reason() {
        return String.valueOf(getMessage());
    }
}
