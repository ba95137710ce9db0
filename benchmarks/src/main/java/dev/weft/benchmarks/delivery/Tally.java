package dev.weft.benchmarks.delivery;

import java.util.BitSet;

/** What the server got in one run. Not safe for use by several threads. */
final class Tally {

    private static final String ID = "e-";

    private final BitSet ids = new BitSet();
    private long requests;
    private int distinct;

    /** Counts a request that carries the event of that id; the ids are those of the workload. */
    void count(String id) {
        requests++;
        int number = Integer.parseInt(id, ID.length(), id.length(), 10);
        if (!ids.get(number)) {
            ids.set(number);
            distinct++;
        }
    }

    Counts counts() {
        return new Counts(requests, distinct);
    }

    /**
     * What came.
     *
     * @param distinct of as many events
     */
    record Counts(long requests, long distinct) {

        String text() {
            return requests + " " + distinct;
        }

        static Counts parse(String text) {
            int between = text.indexOf(' ');
            return new Counts(Long.parseLong(text.substring(0, between)), Long.parseLong(text.substring(between + 1)));
        }
    }
}
