/**
 * How is the scaler run? {@link dev.weft.scale.cli.Scaler} puts its parts together as a
 * {@link dev.weft.scale.cli.ScalerConfig} says, which was read from a file; {@link dev.weft.scale.cli.ScalerMain} is
 * the program. Start with {@code Scaler}. Knows every part and does the work of none.
 */
@NullMarked
package dev.weft.scale.cli;

import org.jspecify.annotations.NullMarked;
