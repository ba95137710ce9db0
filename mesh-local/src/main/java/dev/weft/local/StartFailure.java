package dev.weft.local;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Why something local did not start. The message is one sentence for the person at the terminal: what is in the way and
 * what to do about it. The cause, when there is one, is for the log.
 */
public final class StartFailure extends Exception {

    private static final long serialVersionUID = 1L;

    private StartFailure(String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
    }

    static StartFailure portTaken(String purpose, int port) {
        return new StartFailure(
                "Port " + port + ", wanted for " + purpose + ", is already taken on " + LoopbackPort.HOST
                        + ": stop the program that listens there, or choose another port.",
                null);
    }

    static StartFailure folderInUse(Path folder) {
        return new StartFailure(
                "The folder " + folder + " is in use by another Weft that is still running: stop it,"
                        + " or choose another work folder.",
                null);
    }

    static StartFailure notWritable(Path folder, @Nullable Throwable cause) {
        return new StartFailure(
                "The folder " + folder
                        + " cannot be written to: choose another work folder, or change its permissions.",
                cause);
    }

    static StartFailure diskFull(Path folder, long freeMegabytes, long neededMegabytes) {
        return new StartFailure(
                "The disk that holds " + folder + " has " + freeMegabytes + " MB left and at least " + neededMegabytes
                        + " MB are needed: free some space, or choose a work folder on another disk.",
                null);
    }

    /** Returns the failure of {@code what} for a reason nobody foresaw: the innermost message must do. */
    public static StartFailure of(String what, Throwable cause) {
        Throwable innermost = cause;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        String reason = innermost.getMessage();
        return new StartFailure(
                what + " did not start: "
                        + (reason == null ? innermost.getClass().getSimpleName() : reason),
                cause);
    }
}
