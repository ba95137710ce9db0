package dev.weft.delivery;

/**
 * How many calls may be under way at once: one more with each round of good answers, half as many after a failure,
 * somewhat fewer when answers take much longer than they can (additive increase, multiplicative decrease, as TCP does
 * it: RFC 5681). Decreases once in a round at most, as the answers of one round tell of the same trouble. Not safe for
 * use by several threads.
 */
final class Window {

    /** Answers of a loaded machine vary; up to this, in milliseconds, slowness is no sign of anything. */
    private static final long UNREMARKABLE = 100;

    /** So many times the usual is slow. */
    private static final double SLOW = 4;

    private static final double AFTER_FAILURE = 0.5;
    private static final double AFTER_SLOWNESS = 0.9;

    /** How fast the usual follows what is seen: at once when it is faster, in some hundred calls when it is slower. */
    private static final double FORGET = 0.01;

    private final int most;
    private final boolean adaptive;
    private double limit;
    private double usual = Double.NaN;
    private long decreasedAt = Long.MIN_VALUE;

    Window(int most, boolean adaptive) {
        this.most = most;
        this.adaptive = adaptive;
        this.limit = most;
    }

    /** Returns how many calls may be under way. */
    int limit() {
        return Math.max(1, (int) limit);
    }

    /** Starts small after the target was gone. */
    void restart() {
        if (adaptive) {
            limit = Math.max(1, most / 8.0);
        }
    }

    /**
     * A good answer came.
     *
     * @param millis how long it took
     * @param inFlight how many calls were under way, this one included
     */
    void succeeded(long millis, int inFlight, long now) {
        if (!adaptive) {
            return;
        }
        boolean isSlow = millis > UNREMARKABLE && millis > usual * SLOW;
        usual = Double.isNaN(usual) || millis < usual ? millis : usual + (millis - usual) * FORGET;
        if (isSlow) {
            decrease(AFTER_SLOWNESS, now - millis, now);
        } else if (inFlight >= limit() / 2) {
            limit = Math.min(most, limit + 1 / limit);
        }
    }

    /** An attempt failed in a way that may come of too many at once. */
    void failed(long millis, long now) {
        if (adaptive) {
            decrease(AFTER_FAILURE, now - millis, now);
        }
    }

    private void decrease(double factor, long startedAt, long now) {
        if (startedAt >= decreasedAt) {
            limit = Math.max(1, limit * factor);
            decreasedAt = now;
        }
    }
}
