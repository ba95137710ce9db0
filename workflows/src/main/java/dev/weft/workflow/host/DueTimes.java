package dev.weft.workflow.host;

import dev.weft.workflow.Schedule.CatchUp;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Which of the times of a schedule that have come are to start an instance, and when the next one comes.
 *
 * @param starts in order, milliseconds since 1970
 * @param next the first time that is not dealt with; nothing where there is none. It may have come already
 */
record DueTimes(List<Long> starts, OptionalLong next) {

    /** The most of them at once; the others follow. */
    static final int MOST = 1000;

    /**
     * Decides.
     *
     * @param first the first time that has not been dealt with, not after {@code now}
     * @param onTime a time that passed longer ago was missed, in milliseconds
     */
    static DueTimes of(Times times, CatchUp catchUp, long first, long now, long onTime) {
        if (catchUp == CatchUp.ALL) {
            List<Long> starts = new ArrayList<>(1);
            OptionalLong next = OptionalLong.of(first);
            while (next.isPresent() && next.getAsLong() <= now && starts.size() < MOST) {
                starts.add(next.getAsLong());
                next = times.after(next.getAsLong());
            }
            return new DueTimes(starts, next);
        }
        long last = times.last(first, now);
        boolean isMissed = now - last > onTime && catchUp == CatchUp.SKIP;
        return new DueTimes(isMissed ? List.of() : List.of(last), times.after(last));
    }
}
