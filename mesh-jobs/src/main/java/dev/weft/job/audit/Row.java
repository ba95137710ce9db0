package dev.weft.job.audit;

import java.util.function.ToLongFunction;

/**
 * What became of the events one leg received. All sums of a job at one checkpoint.
 *
 * @param received events the route was asked about
 * @param filtered those the route or one of its steps did not want
 * @param delivered those the channel or the target has
 * @param parked those that wait and were not tried yet, also before a route that is paused
 * @param retrying those that failed and wait for their next attempt
 * @param inFlight those whose answer is awaited
 * @param dead those in the dead letter
 * @param lostInRouting those the route wanted that were neither handed on nor ended in it; negative where more were
 * @param lostOnTheWay those handed on for delivery that did not arrive there
 * @param lostInDelivery those that arrived there of which nothing is known any more
 */
public record Row(
        Leg leg,
        long received,
        long filtered,
        long delivered,
        long parked,
        long retrying,
        long inFlight,
        long dead,
        long lostInRouting,
        long lostOnTheWay,
        long lostInDelivery) {

    static Row of(Leg leg, Page sums) {
        ToLongFunction<Item> count = item -> sums.count(leg, item);
        long matched = count.applyAsLong(Item.MATCHED);
        long undecided = count.applyAsLong(Item.UNDECIDED);
        long dropped = count.applyAsLong(Item.DROPPED);
        long failed = count.applyAsLong(Item.FAILED);
        long written = count.applyAsLong(Item.WRITTEN);
        long pushed = count.applyAsLong(Item.PUSHED);
        long accepted = count.applyAsLong(Item.ACCEPTED);
        long delivered = count.applyAsLong(Item.DELIVERED);
        long buried = count.applyAsLong(Item.BURIED);
        long parked = count.applyAsLong(Item.PARKED);
        long retrying = count.applyAsLong(Item.RETRYING);
        long inFlight = count.applyAsLong(Item.IN_FLIGHT);
        long held = count.applyAsLong(Item.HELD);
        long received = count.applyAsLong(Item.RECEIVED);
        return new Row(
                leg,
                received,
                received - matched - undecided + dropped,
                written + delivered,
                parked + held,
                retrying,
                inFlight,
                undecided + failed + buried,
                matched - dropped - failed - written - pushed - held,
                pushed - accepted,
                accepted - delivered - buried - parked - retrying - inFlight);
    }

    /** Returns how many events of those received are nowhere; negative where more came out than went in. */
    public long difference() {
        return received - filtered - delivered - parked - retrying - inFlight - dead;
    }

    /**
     * Returns whether nothing is lost, anywhere.
     *
     * @param exactlyOnce whether more must not come out than went in: at least once, an event that is read again after
     *     a restart counts again
     */
    public boolean isBalanced(boolean exactlyOnce) {
        return isBalanced(lostInRouting, exactlyOnce)
                && isBalanced(lostOnTheWay, exactlyOnce)
                && isBalanced(lostInDelivery, exactlyOnce);
    }

    private static boolean isBalanced(long lost, boolean exactlyOnce) {
        return exactlyOnce ? lost == 0 : lost <= 0;
    }

    /** Returns whether nothing of what was received went on. */
    public boolean isIdle() {
        return received == filtered && difference() == 0;
    }
}
