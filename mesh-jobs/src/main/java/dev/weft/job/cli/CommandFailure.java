package dev.weft.job.cli;

/**
 * A command could not do what was asked. The message is for the person who typed it: usually one sentence, one line per
 * mistake where a file has several.
 */
final class CommandFailure extends Exception {

    private static final long serialVersionUID = 1L;

    private final String text;
    private final int exitCode;

    private CommandFailure(String message, int exitCode) {
        super(message);
        this.text = message;
        this.exitCode = exitCode;
    }

    /** What was typed, or a file that was named, is wrong: trying again changes nothing. */
    static CommandFailure input(String message) {
        return new CommandFailure(message, ExitCodes.INPUT);
    }

    /** All that was typed is right, but it did not work. */
    static CommandFailure failure(String message) {
        return new CommandFailure(message, ExitCodes.FAILURE);
    }

    /** What to print. */
    String text() {
        return text;
    }

    int exitCode() {
        return exitCode;
    }
}
