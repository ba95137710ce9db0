package dev.weft.benchmarks.routing;

import dev.weft.benchmarks.process.Contender;
import java.util.List;
import java.util.stream.Stream;

/**
 * CPU time per event of the routing job without and with {@code dedup}, when the ids of ten million events are known.
 * Measured as {@link RoutingCost} does and with its options; no event comes again.
 */
public final class DedupCost {

    private static final List<String> DEFAULTS = List.of("--known", "10000000", "--rounds", "1");

    private DedupCost() {}

    public static void main(String[] args) throws Exception {
        RoutingCost.compare(
                Stream.concat(DEFAULTS.stream(), Stream.of(args)).toArray(String[]::new),
                List.of(contender("without dedup", ""), contender("dedup", "dedup: { ttl: 1d }")));
    }

    private static Contender contender(String name, String settings) {
        return new Contender(name, WeftContender.class, "exactly-once", "0", settings);
    }
}
