package dev.weft.cep.engine;

import dev.weft.cep.Pattern.Step;
import java.time.Duration;

/** Arithmetic of times and spans in milliseconds, without overflow. */
final class Spans {

    /** As long as it may be. */
    static final long ANY = Long.MAX_VALUE;

    private Spans() {}

    /** Returns the sum; the last of all times where there is none. */
    static long sum(long time, long span) {
        long sum = time + span;
        return time > 0 && sum < 0 || span == ANY ? Long.MAX_VALUE : sum;
    }

    /** Returns the step's own {@code within}. */
    static long gap(Step step) {
        Duration gap = step.within();
        return gap == null ? ANY : gap.toMillis();
    }
}
