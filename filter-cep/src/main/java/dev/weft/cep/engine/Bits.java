package dev.weft.cep.engine;

import dev.weft.cep.Pattern;

/**
 * What each bit of a {@link Sighting} says. The places are part of what state and network hold: they change only with
 * the version of the binary form.
 */
public final class Bits {

    private static final int OF_UNTIL = Pattern.MOST_STEPS;

    /** The event ends every partial match. */
    public static final long UNTIL = 1L << 60;

    /** The event is one of those that the pattern looks at. */
    public static final long EVENTS = 1L << 61;

    /** The payload cannot be read, so that nothing is known of it. */
    public static final long UNREADABLE = 1L << 62;

    private Bits() {}

    /** The event meets what can be said of the step's condition without other events. */
    public static long step(int step) {
        return 1L << step;
    }

    /** The event meets what can be said of the step's {@code until} without other events. */
    public static long until(int step) {
        return 1L << (OF_UNTIL + step);
    }
}
