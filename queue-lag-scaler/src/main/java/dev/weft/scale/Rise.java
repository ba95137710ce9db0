package dev.weft.scale;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * How fast what comes grows. Arrivals are smoothed, so in the first seconds of a burst they are still on their way to
 * what they will be: that is what they are now and what they would gain in the time they are smoothed over.
 *
 * @param samples of the last seconds, oldest first
 */
record Rise(List<Sample> samples) {

    static final Rise NONE = new Rise(List.of());

    /** What the first of two smoothings of arrivals takes. */
    private static final double SMOOTHED_SECONDS = 15;

    /** A rise by a smaller share is no different from chance. */
    private static final double CHANCE = 0.15;

    private static final Duration APART = Duration.ofSeconds(4);
    private static final Duration LEAST = Duration.ofSeconds(8);
    private static final Duration OLDEST = Duration.ofSeconds(25);

    Rise {
        samples = List.copyOf(samples);
    }

    /** What came per second at one moment. */
    record Sample(Instant at, double perSecond) {

        private Duration age(Instant now) {
            return Duration.between(at, now);
        }
    }

    /** Takes in what comes now. */
    Rise with(Instant at, double perSecond) {
        var kept = new ArrayList<Sample>();
        for (Sample each : samples) {
            if (!each.age(at).isNegative() && each.age(at).compareTo(OLDEST) <= 0) {
                kept.add(each);
            }
        }
        if (kept.isEmpty() || kept.get(kept.size() - 1).age(at).compareTo(APART) >= 0) {
            kept.add(new Sample(at, perSecond));
        }
        return new Rise(kept);
    }

    /** Returns by which factor what comes now is still to grow, at least 1. */
    double ahead(Instant at, double perSecond) {
        double growth = 0;
        for (Sample each : samples) {
            if (each.age(at).compareTo(LEAST) >= 0) {
                growth = (perSecond - each.perSecond()) / Seconds.of(each.age(at));
            }
        }
        double gain = perSecond > 0 ? growth * SMOOTHED_SECONDS / perSecond : 0;
        return gain > CHANCE ? 1 + gain : 1;
    }
}
