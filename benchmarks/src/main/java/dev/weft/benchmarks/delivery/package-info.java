/**
 * What does it cost to deliver an event over HTTP? Measures a job beside a bare loop around an asynchronous client and
 * beside a dispatcher on Vert.x. Start with {@link dev.weft.benchmarks.delivery.DeliveryCost}.
 */
@NullMarked
package dev.weft.benchmarks.delivery;

import org.jspecify.annotations.NullMarked;
