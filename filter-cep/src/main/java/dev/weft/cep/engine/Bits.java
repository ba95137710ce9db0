package dev.weft.cep.engine;

/**
 * What each bit of a {@link Sighting} says. The places are part of what state and network hold: they change only with
 * the version of the binary form.
 */
public final class Bits {

    /** A pattern has at most so many steps: each has two bits. */
    public static final int MOST_STEPS = 30;

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
        return 1L << (MOST_STEPS + step);
    }
}
