package dev.weft.scale;

import java.time.Duration;

/** Durations as the numbers that are reckoned with. */
final class Seconds {

    private Seconds() {}

    static double of(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
