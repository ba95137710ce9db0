/**
 * What happens around a decision? {@link dev.weft.scale.control.ScaledQueue} leads one ScaledObject from readings to an
 * answer and to orders, and is plain arithmetic; {@link dev.weft.scale.control.Collector} reads for all of them in the
 * background, carries out what they order and keeps what they remember. Does not know how anybody is asked.
 */
@NullMarked
package dev.weft.scale.control;

import org.jspecify.annotations.NullMarked;
