package dev.weft.benchmarks.pattern;

import dev.weft.event.WireHeaders;
import dev.weft.job.flink.connect.Outbound;
import java.util.Arrays;

/**
 * What a contender has found: how many events it has made of matches, and the sum of their ids, whatever their order.
 */
final class Found {

    private static final String ID = "ce_id";

    private long matches;
    private long ids;

    void take(Outbound made) {
        WireHeaders headers = made.record().headers();
        matches++;
        ids += Arrays.hashCode(headers.value(headers.indexOf(ID)));
    }

    void add(Found other) {
        matches += other.matches;
        ids += other.ids;
    }

    long matches() {
        return matches;
    }

    long ids() {
        return ids;
    }
}
