package dev.weft.scale;

import java.time.Instant;
import java.util.Optional;

/**
 * A larger size that has to show that it drains more.
 *
 * @param from the parallelism before
 * @param to the parallelism that is tried
 * @param drained records per second all subtasks together drained before, with a backlog
 * @param failed when it was found to drain no more, if it was; nothing larger than {@code from} is tried for a while
 */
record Trial(int from, int to, double drained, Optional<Instant> failed) {

    /** What must come of a larger size, as a share of what its subtasks would drain if none hindered another. */
    private static final double LEAST_GAIN = 0.1;

    /** Returns whether a drain rate, measured with a backlog, is too little for the size. */
    boolean isFailedBy(double drainedNow) {
        return drainedNow - drained < LEAST_GAIN * gainExpected();
    }

    double gainExpected() {
        return drained * ((double) to / from - 1);
    }

    Trial failedAt(Instant at) {
        return new Trial(from, to, drained, Optional.of(at));
    }
}
