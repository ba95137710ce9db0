package dev.weft.delivery;

/**
 * Spreads calls evenly over time: not more than a tenth of a second's worth follow each other at once. Not safe for use
 * by several threads.
 */
final class Pace {

    private static final double MILLIS = 1000;

    private final double perMilli;
    private final double most;
    private double tokens;
    private long last;

    /** Makes one of so many calls per second, more than 0. */
    Pace(double perSecond) {
        this.perMilli = perSecond / MILLIS;
        this.most = Math.max(1, perSecond / 10);
        this.tokens = most;
        this.last = Long.MIN_VALUE;
    }

    /** Returns the time from which on a call may be made: {@code now} or later. */
    long next(long now) {
        refill(now);
        return tokens >= 1 ? now : now + (long) Math.ceil((1 - tokens) / perMilli);
    }

    /** A call is made. */
    void take() {
        tokens--;
    }

    private void refill(long now) {
        if (last != Long.MIN_VALUE && now > last) {
            tokens = Math.min(most, tokens + (now - last) * perMilli);
        }
        last = Math.max(last, now);
    }
}
