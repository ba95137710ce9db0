package dev.weft.scale.pods;

/** Kubernetes could not be asked, or said no; the message is one sentence for the person who reads the log. */
final class ApiFailure extends Exception {

    private static final long serialVersionUID = 1L;

    ApiFailure(String message) {
        super(message);
    }

    /** Returns the sentence. */
    String reason() {
        return String.valueOf(getMessage());
    }
}
