package dev.weft.scale.rest;

import java.time.Duration;

/** Until when something must be done. */
public final class Deadline {

    private final long end;

    private Deadline(long end) {
        this.end = end;
    }

    /** Returns the end of so much time from now. */
    public static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    /** Returns the time that is left, at least one millisecond: a request wants some. */
    public Duration left() {
        return Duration.ofNanos(Math.max(1_000_000, end - System.nanoTime()));
    }

    boolean isOver() {
        return end - System.nanoTime() <= 0;
    }

    /** Waits, but not longer than to the end; returns whether there is time left. */
    boolean pause(Duration time) throws InterruptedException {
        long nanos = Math.min(time.toNanos(), end - System.nanoTime());
        if (nanos <= 0) {
            return false;
        }
        Thread.sleep(Duration.ofNanos(nanos).toMillis() + 1);
        return !isOver();
    }
}
