package dev.weft.workflow.host;

import dev.weft.function.Answer;
import dev.weft.function.Effects;

/** What a function does in one call. */
@FunctionalInterface
interface Turn {

    Effects take() throws UnreadableException;

    /**
     * Returns what a turn came to. One that fails would fail again: its message goes to the dead letter, and what is
     * kept stays as it is.
     */
    static Answer answer(Turn turn) {
        try {
            return new Answer.Done(turn.take());
        } catch (UnreadableException e) {
            return new Answer.Failed(String.valueOf(e.getMessage()), false);
        } catch (RuntimeException | StackOverflowError e) {
            return new Answer.Failed(e + at(e), false);
        }
    }

    /** Returns where something was thrown, in words that follow others. */
    static String at(Throwable thrown) {
        return thrown.getStackTrace().length == 0 ? "" : " at " + thrown.getStackTrace()[0];
    }
}
