package dev.weft.delivery;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** What one bucket keeps for one target: where its queues begin and end, and how much waits. Changes in place. */
public final class Ledger {

    private final int bucket;
    private final String target;

    long queueHead;
    long queueTail;
    long dueHead;
    long dueTail;

    /** The next number of a parcel that waits for its time. */
    long nextLater;

    /** How many order keys are held. */
    long holds;

    private long bytes;
    private final Map<String, Long> parked = new TreeMap<>();
    private final Map<String, Long> retrying = new TreeMap<>();
    private boolean isChanged;

    /** Makes one where nothing waits. */
    public Ledger(int bucket, String target) {
        this.bucket = bucket;
        this.target = target;
    }

    /**
     * Takes up one that was kept.
     *
     * @param numbers as {@link #numbers()} returned them
     * @param parked as {@link #parked()} returned it
     * @param retrying as {@link #retrying()} returned it
     */
    public static Ledger kept(
            int bucket, String target, long[] numbers, Map<String, Long> parked, Map<String, Long> retrying) {
        Ledger ledger = new Ledger(bucket, target);
        ledger.queueHead = numbers[0];
        ledger.queueTail = numbers[1];
        ledger.dueHead = numbers[2];
        ledger.dueTail = numbers[3];
        ledger.nextLater = numbers[4];
        ledger.holds = numbers[5];
        ledger.bytes = numbers[6];
        ledger.parked.putAll(parked);
        ledger.retrying.putAll(retrying);
        return ledger;
    }

    public int bucket() {
        return bucket;
    }

    public String target() {
        return target;
    }

    /** Returns all that is to be kept beside {@link #parked()} and {@link #retrying()}. */
    public long[] numbers() {
        return new long[] {queueHead, queueTail, dueHead, dueTail, nextLater, holds, bytes};
    }

    /** Returns how many parcels wait that were not tried yet, by route; no route with none. */
    public Map<String, Long> parked() {
        return Collections.unmodifiableMap(parked);
    }

    /** Returns how many parcels wait that have failed, by route; no route with none. */
    public Map<String, Long> retrying() {
        return Collections.unmodifiableMap(retrying);
    }

    /** Returns how many parcels wait. */
    long size() {
        return sum(parked) + sum(retrying);
    }

    private static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    private Map<String, Long> countsOf(Parcel parcel) {
        return parcel.attempts() == 0 ? parked : retrying;
    }

    /** Returns how large the parcels that wait are, in bytes. */
    public long bytes() {
        return bytes;
    }

    boolean hasQueue() {
        return queueHead < queueTail;
    }

    boolean hasDue() {
        return dueHead < dueTail;
    }

    boolean hasReady() {
        return hasQueue() || hasDue();
    }

    boolean isChanged() {
        return isChanged;
    }

    void isKept() {
        isChanged = false;
    }

    void changed() {
        isChanged = true;
    }

    void added(Parcel parcel) {
        countsOf(parcel).merge(parcel.route(), 1L, Long::sum);
        bytes += parcel.size();
        isChanged = true;
    }

    void removed(Parcel parcel) {
        countsOf(parcel).computeIfPresent(parcel.route(), (route, count) -> count == 1 ? null : count - 1);
        bytes -= parcel.size();
        isChanged = true;
    }
}
