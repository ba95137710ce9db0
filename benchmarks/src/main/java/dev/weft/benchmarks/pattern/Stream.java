package dev.weft.benchmarks.pattern;

import java.util.SplittableRandom;

/**
 * The events of a question: the same in each run. Their times are even and those of watermarks odd, as are the times
 * within which patterns match; so nothing depends on which side of a limit its own millisecond is.
 */
final class Stream {

    /** The time of the first event. */
    static final long BEGIN = 1_000_000;

    private static final long SEED = 20261121;
    private static final String SOURCE = "/plant/line/";
    private static final int SOURCES = 50;

    /** How many types there are that no pattern asks for. */
    private static final int OTHER_TYPES = 200;

    private final Mix mix;
    private final int keys;
    private final double perMilli;
    private final String[] types;
    private final int[] keyOf;

    private Stream(Mix mix, int keys, double perMilli, int events) {
        this.mix = mix;
        this.keys = keys;
        this.perMilli = perMilli;
        this.types = new String[events];
        this.keyOf = new int[events];
    }

    /** Which types events have. */
    enum Mix {
        /** A, B and C. */
        HOT(1, 1, 3),
        /** A alone. */
        ONE_TYPE(1, 1, 1),
        /** A, B and C are one in a hundred. */
        COLD(0.01, 1, 3),
        /** A, B and C are one in ten. */
        TENTH(0.1, 1, 3),
        /** One in ten are A, B and C of one of a hundred patterns; those of a key are of one pattern. */
        HUNDRED(0.1, 100, 3);

        private final double relevant;
        private final int patterns;
        private final int each;

        Mix(double relevant, int patterns, int each) {
            this.relevant = relevant;
            this.patterns = patterns;
            this.each = each;
        }

        int patterns() {
            return patterns;
        }
    }

    /** @param perMilli events in a millisecond of event time */
    static Stream of(Mix mix, int keys, double perMilli, int events) {
        Stream stream = new Stream(mix, keys, perMilli, events);
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < events; i++) {
            stream.keyOf[i] = random.nextInt(keys);
            stream.types[i] = random.nextDouble() < mix.relevant
                    ? type(stream.keyOf[i] % mix.patterns, (char) ('A' + random.nextInt(mix.each)))
                    : "other." + random.nextInt(OTHER_TYPES);
        }
        return stream;
    }

    /** Returns a type that a pattern asks for. */
    static String type(int pattern, char letter) {
        return "bench.p" + pattern + "." + letter;
    }

    int patterns() {
        return mix.patterns;
    }

    int keys() {
        return keys;
    }

    long time(int event) {
        return BEGIN + 2 * (long) (event / (2 * perMilli));
    }

    /** Returns the watermark after an event; the next event is later. */
    long watermark(int event) {
        return time(event) + 1;
    }

    String id(int event) {
        return "event-" + event;
    }

    String source(int event) {
        return SOURCE + keyOf[event] % SOURCES;
    }

    String type(int event) {
        return types[event];
    }

    String key(int event) {
        return "machine-" + keyOf[event];
    }

    double value(int event) {
        return event % 1000 / 8.0;
    }
}
