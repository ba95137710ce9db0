package dev.weft.function.jvm;

/** There are no functions where some were expected. The message completes the word "found". */
public final class NoFunctionsException extends Exception {

    private static final long serialVersionUID = 1;

    NoFunctionsException(String message) {
        super(message);
    }

    NoFunctionsException(String message, Throwable cause) {
        super(message, cause);
    }
}
