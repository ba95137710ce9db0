package dev.weft.job.flink.function;

import dev.weft.job.flink.function.LoopItem.Round;
import org.jspecify.annotations.Nullable;

/**
 * Finds out, once no event comes in any more, when no message is on its way between subtasks either: a count goes from
 * one subtask to the next, each adding how many messages it sent and how many came to it, and waits at each until that
 * one has nothing left to do. If two rounds in a row come to the same, and what was sent has arrived, nothing moved in
 * between, and nothing ever will (F. Mattern, Algorithms for distributed termination detection, 1987, the four-counter
 * method). The subtask 0 begins and ends it. Used by the task's thread.
 */
final class Census {

    private final int subtask;
    private final int keyOfNext;
    private final boolean isAlone;

    /** What is here and is to go on; null if that is elsewhere. */
    private @Nullable Round here;

    /** What the last round came to; only at the subtask 0. */
    private @Nullable Round last;

    private boolean isOver;

    /**
     * Makes one that has not begun.
     *
     * @param keyOfNext the {@linkplain LoopItem#key key} of what goes to the next subtask; behind the last, that of 0
     * @param isAlone whether that is the same subtask
     */
    Census(int subtask, int keyOfNext, boolean isAlone) {
        this.subtask = subtask;
        this.keyOfNext = keyOfNext;
        this.isAlone = isAlone;
    }

    /** Begins, unless another subtask is to. */
    void begin() {
        if (subtask == 0) {
            here = fresh();
        }
    }

    private static Round fresh() {
        return new Round(0, 0, 0, false);
    }

    /** Takes what comes from the subtask before. */
    void take(Round round) {
        here = subtask == 0 ? judged(round) : round;
    }

    private @Nullable Round judged(Round round) {
        if (round.isOver()) {
            return null;
        }
        if (round.sent() == round.arrived() && round.equals(last)) {
            return new Round(0, 0, 0, true);
        }
        last = round;
        return fresh();
    }

    /**
     * Returns what is to go to the next subtask, to be asked for while nothing is to be done here; null if there is
     * nothing to be sent.
     *
     * @param sent how many messages were sent to other subtasks so far
     * @param arrived how many have come from other subtasks
     */
    @Nullable
    Round pass(long sent, long arrived) {
        while (here != null) {
            Round round = here;
            here = null;
            isOver |= round.isOver();
            Round next = new Round(keyOfNext, round.sent() + sent, round.arrived() + arrived, round.isOver());
            if (!isAlone) {
                return next;
            }
            take(next);
        }
        return null;
    }

    /** Returns whether no message is on its way anywhere. */
    boolean isOver() {
        return isOver;
    }
}
