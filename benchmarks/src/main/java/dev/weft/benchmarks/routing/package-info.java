/**
 * What does it cost to route an event? Measures the routing job beside a plain copy of the same bytes and beside Kafka
 * Streams. Start with {@link dev.weft.benchmarks.routing.RoutingCost}.
 */
@NullMarked
package dev.weft.benchmarks.routing;

import org.jspecify.annotations.NullMarked;
