package dev.weft.delivery;

/** What a courier has done since it was made. Written by one thread, and read by others that show it. */
public final class Tally {

    volatile long attempts;
    volatile long delivered;
    volatile long failures;
    volatile long buried;

    public long attempts() {
        return attempts;
    }

    public long delivered() {
        return delivered;
    }

    /** Returns how many attempts failed. */
    public long failures() {
        return failures;
    }

    /** Returns how many parcels were given up. */
    public long buried() {
        return buried;
    }
}
