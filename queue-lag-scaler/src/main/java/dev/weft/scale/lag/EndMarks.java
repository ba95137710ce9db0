package dev.weft.scale.lag;

import java.util.Arrays;
import java.util.OptionalLong;

/**
 * When the readable end of a partition was where, back to what the consumer has not read yet. This tells how long the
 * record at a position has waited without reading it and without trusting the time its producer wrote into it.
 *
 * <p>A line through few points: when there are too many, every other one goes, so the line gets coarser the longer the
 * backlog is. An end that stands still is two points at one offset.
 */
final class EndMarks {

    private static final int MOST = 16;

    private final long[] offsets;
    private final long[] times;

    private EndMarks(long[] offsets, long[] times) {
        this.offsets = offsets;
        this.times = times;
    }

    static EndMarks first(long end, long ms) {
        return new EndMarks(new long[] {end}, new long[] {ms});
    }

    /** Returns the marks after a look at the end, without those before {@code position} that say nothing more. */
    EndMarks next(long end, long ms, long position) {
        int last = offsets.length - 1;
        if (end < offsets[last]) {
            return first(end, ms);
        }
        if (position >= end) {
            return first(end, ms);
        }
        boolean still = last > 0 && end == offsets[last] && end == offsets[last - 1];
        int from = 0;
        while (from < last && offsets[from + 1] <= position) {
            from++;
        }
        int kept = (still ? last : last + 1) - from;
        long[] nextOffsets = Arrays.copyOfRange(offsets, from, from + kept + 1);
        long[] nextTimes = Arrays.copyOfRange(times, from, from + kept + 1);
        nextOffsets[kept] = end;
        nextTimes[kept] = ms;
        return new EndMarks(nextOffsets, nextTimes).thinned();
    }

    /** Returns for how long the record at {@code position} could have been read; empty if it was there before us. */
    OptionalLong waitedMs(long position, long ms) {
        int last = offsets.length - 1;
        if (position < offsets[0]) {
            return OptionalLong.empty();
        }
        if (position >= offsets[last]) {
            return OptionalLong.of(0);
        }
        int before = last - 1;
        while (offsets[before] > position) {
            before--;
        }
        double share = (double) (position - offsets[before]) / (offsets[before + 1] - offsets[before]);
        return OptionalLong.of(ms - times[before] - (long) (share * (times[before + 1] - times[before])));
    }

    /** Returns for how long this looks, so for how long at least what was there before has waited. */
    long watchedMs(long ms) {
        return ms - times[0];
    }

    private EndMarks thinned() {
        if (offsets.length <= MOST) {
            return this;
        }
        int size = offsets.length / 2 + 1;
        long[] fewerOffsets = new long[size];
        long[] fewerTimes = new long[size];
        for (int i = 0; i < size - 1; i++) {
            fewerOffsets[i] = offsets[2 * i];
            fewerTimes[i] = times[2 * i];
        }
        fewerOffsets[size - 1] = offsets[offsets.length - 1];
        fewerTimes[size - 1] = times[times.length - 1];
        return new EndMarks(fewerOffsets, fewerTimes);
    }
}
