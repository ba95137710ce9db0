package dev.weft.workflow.host;

import java.util.ArrayList;
import java.util.List;

/**
 * Who waits at one address: a list, or, where it would get long, 16 addresses below among which the waiters are divided
 * by the hash of their instances. So what is kept at one address stays small, however many wait, and what changes when
 * one more waits is one short list. Not safe for use by several threads.
 */
final class Waiters {

    static final int BRANCHES = 16;

    /** The most at one address. What is kept is written anew whenever one comes or goes, so it may not be many. */
    static final int MOST = 128;

    /** At which the hash has no more to tell; whoever comes then is added to the list. */
    private static final int DEEPEST = 15;

    private static final int BITS = 4;
    private static final int VERSION = 1;

    private int depth;

    /** How many have come from the address above, and were not told back as gone. */
    private long adopted;

    private boolean isDivided;
    private final List<Waiter> list = new ArrayList<>(1);

    /** How many went to each of the addresses below and did not come back; 0 where nobody waits. */
    private final long[] sent = new long[BRANCHES];

    int depth() {
        return depth;
    }

    boolean isDivided() {
        return isDivided;
    }

    List<Waiter> list() {
        return list;
    }

    /** Adds one to the list. Returns whether the list is to be divided. */
    boolean add(Waiter waiter) {
        list.add(waiter);
        return list.size() > MOST && depth < DEEPEST;
    }

    /** Takes all from the list, to be sent below. */
    List<Waiter> divide() {
        List<Waiter> all = List.copyOf(list);
        list.clear();
        isDivided = true;
        return all;
    }

    /** Returns whether it was in the list. */
    boolean remove(Waiter waiter) {
        return list.remove(waiter);
    }

    /** Returns to which of the addresses below a waiter belongs. */
    int branch(Waiter waiter) {
        return (int) (StableHash.number(waiter.instance()) >>> (Long.SIZE - BITS * (depth + 1))) & BRANCHES - 1;
    }

    /** Notes that a waiter went below. */
    void sent(int branch) {
        sent[branch]++;
    }

    boolean isUsed(int branch) {
        return sent[branch] > 0;
    }

    /** Notes that of those who went below, so many are gone. Whoever went there meanwhile is not. */
    void deserted(int branch, long gone) {
        sent[branch] = Math.max(0, sent[branch] - gone);
        if (isEmpty()) {
            isDivided = false;
        }
    }

    /**
     * Notes that one came from the address above.
     *
     * @param below how deep this address is
     */
    void adopted(int below) {
        depth = below;
        adopted++;
    }

    /** Returns how many came from above since this was asked last. */
    long takeAdopted() {
        long all = adopted;
        adopted = 0;
        return all;
    }

    boolean isEmpty() {
        if (!list.isEmpty()) {
            return false;
        }
        for (long number : sent) {
            if (number > 0) {
                return false;
            }
        }
        return true;
    }

    byte[] form() {
        FormWriter out = new FormWriter(VERSION, 16 + 80 * list.size());
        out.octet(depth).signed(adopted).flag(isDivided);
        if (isDivided) {
            for (long number : sent) {
                out.signed(number);
            }
        }
        list.forEach(waiter -> waiter.write(out));
        return out.done();
    }

    static Waiters read(byte[] form) throws UnreadableException {
        FormReader in = new FormReader("who waits", form, VERSION);
        Waiters waiters = new Waiters();
        waiters.depth = in.octet();
        waiters.adopted = in.signed();
        waiters.isDivided = in.flag();
        for (int i = 0; waiters.isDivided && i < BRANCHES; i++) {
            waiters.sent[i] = in.signed();
        }
        while (!in.isAtEnd()) {
            waiters.list.add(Waiter.read(in));
        }
        return waiters;
    }
}
