package dev.weft.scale.lag;

import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The offset a group committed, and its rhythm.
 *
 * @param offset the last one there was; {@link #NONE} before the first
 * @param present whether it is still there
 * @param sinceMs when it was seen first
 * @param epoch of the leader it was read from; {@link #NONE} if nobody said
 * @param gapMs about how long it takes until there is another; 0 if that is not known
 */
record Commits(long offset, boolean present, int epoch, long sinceMs, long gapMs) {

    static final int NONE = -1;

    static Commits first(OptionalLong committed, OptionalInt leader, long ms) {
        return new Commits(committed.orElse(NONE), committed.isPresent(), leader.orElse(NONE), ms, 0);
    }

    Commits next(OptionalLong committed, OptionalInt leader, long ms) {
        if (committed.isEmpty()) {
            return new Commits(offset, false, epoch, sinceMs, gapMs);
        }
        if (committed.getAsLong() == offset) {
            return new Commits(offset, true, leader.orElse(NONE), sinceMs, gapMs);
        }
        return new Commits(
                committed.getAsLong(), true, leader.orElse(NONE), ms, offset == NONE ? 0 : rhythm(ms - sinceMs));
    }

    /** Whether this is a commit of a topic made later: ahead of the one before, under a leader of an earlier time. */
    boolean isAheadUnderEarlierLeader(OptionalLong committed, OptionalInt leader) {
        return committed.orElse(NONE) > offset && leader.isPresent() && leader.getAsInt() < epoch;
    }

    /** A gap that is much longer is a time without work. */
    private long rhythm(long gap) {
        if (gapMs == 0) {
            return gap;
        }
        return gap > 3 * gapMs ? gapMs : (gap + gapMs) / 2;
    }
}
