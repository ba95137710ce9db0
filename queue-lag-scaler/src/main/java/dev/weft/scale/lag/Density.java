package dev.weft.scale.lag;

/**
 * How many records come of an offset: fewer than one where markers of transactions, aborted batches and holes of
 * compaction are.
 *
 * @param now where the consumer reads
 * @param head where is written, which is the same once the consumer has caught up
 * @param offsets by which the consumer advanced, fading
 * @param records it took meanwhile, fading
 * @param learnedMs how long that was, fading
 */
record Density(double now, double head, double offsets, double records, double learnedMs) {

    private static final long WINDOW_MS = 60_000;
    private static final double ENOUGH_OFFSETS = 1000;
    private static final double ENOUGH_MS = 30_000; // rates of a job lag behind its positions by some seconds
    private static final double LEAST = 0.02;
    private static final double AS_GOOD_AS_FULL = 0.97;

    static final Density FULL = new Density(1, 1, 0, 0, 0);

    static Density restored(double now, double head) {
        return new Density(within(now), within(head), 0, 0, 0);
    }

    /**
     * Takes a stretch the consumer read; a stretch without records is a consumer that does not count them. A stretch
     * without offsets counts: positions are refreshed some seconds apart, and the next one makes up for it.
     */
    Density next(double offsetsRead, double recordsTaken, long passedMs, boolean caughtUp) {
        if (recordsTaken <= 0 || recordsTaken < LEAST * offsetsRead) {
            return this;
        }
        double fade = Math.exp(-(double) passedMs / WINDOW_MS);
        double offsetsThen = offsets * fade + offsetsRead;
        double recordsThen = records * fade + recordsTaken;
        double msThen = learnedMs * fade + passedMs;
        if (offsetsThen < ENOUGH_OFFSETS || msThen < ENOUGH_MS) {
            return new Density(now, head, offsetsThen, recordsThen, msThen);
        }
        double learned = within(recordsThen / offsetsThen);
        return new Density(learned, caughtUp ? learned : head, offsetsThen, recordsThen, msThen);
    }

    private static double within(double density) {
        return density >= AS_GOOD_AS_FULL ? 1 : Math.max(LEAST, density);
    }
}
