package dev.weft.benchmarks.routing;

import dev.weft.benchmarks.process.Contender;
import java.util.List;
import java.util.stream.Stream;

/**
 * CPU time per event of the routing job with ten routes, and with up to ten thousand. Measured as {@link RoutingCost}
 * does and with its options; the routes that are more than ten want none of the events, and half of them come close.
 */
public final class RouteCountCost {

    private RouteCountCost() {}

    public static void main(String[] args) throws Exception {
        List<Contender> contenders = Stream.of(10, 1_000, 10_000)
                .map(routes -> new Contender(
                        routes + " routes", WeftContender.class, "exactly-once", Integer.toString(routes - 10)))
                .toList();
        RoutingCost.compare(args, contenders);
    }
}
