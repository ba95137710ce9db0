/**
 * Where does an event go? Start with {@link dev.weft.route.RouteTable}. Knows nothing of Kafka clients or of how an
 * event is carried to a channel.
 */
@NullMarked
package dev.weft.route;

import org.jspecify.annotations.NullMarked;
