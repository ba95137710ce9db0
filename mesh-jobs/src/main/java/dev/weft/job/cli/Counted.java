package dev.weft.job.cli;

import java.util.Locale;

/** Numbers of things, as a sentence says them. */
final class Counted {

    private Counted() {}

    /** Returns {@code 1 route}, {@code 2 routes}, {@code 0 routes}. */
    static String of(long count, String thing) {
        return count + " " + thing + (count == 1 ? "" : "s");
    }

    /** Returns the number with a comma between thousands. */
    static String grouped(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }
}
