/**
 * When is an event sent to a target, and when again? Start with {@link dev.weft.delivery.Parcel}. Knows nothing of
 * Flink: where parcels wait, and who tells the time, is given to it.
 */
@NullMarked
package dev.weft.delivery;

import org.jspecify.annotations.NullMarked;
