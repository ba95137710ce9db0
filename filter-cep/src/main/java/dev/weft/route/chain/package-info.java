/**
 * Through which steps does an event go before a route delivers it? Start with {@link dev.weft.route.chain.ChainRunner}.
 * Knows nothing of where memory is kept between events, nor of how an event is carried to a channel.
 */
@NullMarked
package dev.weft.route.chain;

import org.jspecify.annotations.NullMarked;
