package dev.weft.workflow.host;

import java.util.OptionalLong;

/** The times at which a schedule starts instances, in milliseconds since 1970. */
interface Times {

    /** Shorter windows are looked through first, where the last of many times is wanted. */
    long HOUR = 3_600_000;

    /** Returns the first time after that one; nothing where there is none. */
    OptionalLong after(long millis);

    /**
     * Returns the last time that is not after {@code now}.
     *
     * @param first one of the times, not after {@code now}
     */
    default long last(long first, long now) {
        for (long window = HOUR; window < now - first; window *= 24) {
            long found = lastWithin(now - window, now);
            if (found >= 0) {
                return found;
            }
        }
        return Math.max(first, lastWithin(first, now));
    }

    private long lastWithin(long from, long now) {
        long last = -1;
        for (OptionalLong next = after(from); next.isPresent() && next.getAsLong() <= now; ) {
            last = next.getAsLong();
            next = after(last);
        }
        return last;
    }

    /** Times that follow each other by the same interval, without end. */
    record Even(long interval) implements Times {
        @Override
        public OptionalLong after(long millis) {
            return OptionalLong.of(millis + interval);
        }

        @Override
        public long last(long first, long now) {
            return first + (now - first) / interval * interval;
        }
    }
}
