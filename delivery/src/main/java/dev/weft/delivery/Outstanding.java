package dev.weft.delivery;

/**
 * How many parcels of one route a courier has.
 *
 * @param parked wait and were not tried yet, or not since a restart
 * @param retrying have failed and wait for their next attempt
 * @param inFlight are under way
 */
public record Outstanding(long parked, long retrying, long inFlight) {

    static final Outstanding IN_FLIGHT = new Outstanding(0, 0, 1);

    static Outstanding parked(long count) {
        return new Outstanding(count, 0, 0);
    }

    static Outstanding retrying(long count) {
        return new Outstanding(0, count, 0);
    }

    Outstanding plus(Outstanding more) {
        return new Outstanding(parked + more.parked, retrying + more.retrying, inFlight + more.inFlight);
    }

    /** Returns how many there are, wherever they are. */
    public long all() {
        return parked + retrying + inFlight;
    }
}
