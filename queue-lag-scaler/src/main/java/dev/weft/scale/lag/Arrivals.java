package dev.weft.scale.lag;

/**
 * How fast the end of a partition grows, smoothed over a short and over a long time; the larger of both counts, so that
 * a burst is seen early and its end late.
 *
 * <p>Who writes in steps, such as a producer that flushes once per checkpoint, is not faster in the moment of a step:
 * once steps have come at even distances, both times are at least two of them long.
 *
 * @param end where it was last
 * @param ms when that was
 * @param grownMs when it last grew
 * @param gapMs how long it stood still before it grew last
 * @param steps how many times in a row it stood still for about as long as the time before
 * @param rated whether there was a second look, and so a rate
 */
record Arrivals(
        long end, long ms, double shortTerm, double longTerm, long grownMs, long gapMs, int steps, boolean rated) {

    private static final long SHORT_MS = 15_000;
    private static final long LONG_MS = 60_000;
    private static final long LONGEST_STEP_MS = 300_000;
    private static final long SILENT_MS = 2 * LONG_MS;
    private static final int STEPS_THAT_COUNT = 3;

    static Arrivals first(long end, long ms) {
        return new Arrivals(end, ms, 0, 0, ms, 0, 0, false);
    }

    Arrivals next(long endNow, long now) {
        long passed = now - ms;
        if (passed <= 0) {
            return this;
        }
        long growth = Math.max(0, endNow - end);
        double rate = growth * 1000.0 / passed;
        if (!rated) {
            return new Arrivals(endNow, now, rate, rate, growth > 0 ? now : grownMs, 0, 0, true);
        }
        Arrivals stepped = growth > 0 ? grown(passed, now) : now - grownMs > 3 * gapMs ? withSteps(gapMs, 0) : this;
        return new Arrivals(
                endNow,
                now,
                Smoothing.towards(shortTerm, rate, passed, Math.max(SHORT_MS, stepped.windowMs())),
                Smoothing.towards(longTerm, rate, passed, Math.max(LONG_MS, stepped.windowMs())),
                growth > 0 ? now : grownMs,
                stepped.gapMs,
                stepped.steps,
                true);
    }

    /** Returns offsets per second: 0 once the end has stood still for a while. */
    double perSecond() {
        boolean silent = ms - grownMs >= Math.max(SILENT_MS, windowMs());
        return silent ? 0 : Math.max(shortTerm, longTerm);
    }

    private Arrivals grown(long passed, long now) {
        long silence = now - grownMs - passed;
        if (silence <= 0) {
            return withSteps(0, 0);
        }
        long gap = now - grownMs;
        boolean even = Math.abs(gap - gapMs) <= gapMs / 2 + passed && gap <= LONGEST_STEP_MS;
        return withSteps(gap, even ? steps + 1 : 0);
    }

    private long windowMs() {
        return steps >= STEPS_THAT_COUNT ? 2 * gapMs : 0;
    }

    private Arrivals withSteps(long gap, int count) {
        return new Arrivals(end, ms, shortTerm, longTerm, grownMs, gap, count, rated);
    }
}
