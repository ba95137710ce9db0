/**
 * Does a Flink operator do what it should, and still after a crash? Start with
 * {@link dev.weft.testkit.flink.OperatorScenario}. Knows no operator of Weft.
 */
@NullMarked
package dev.weft.testkit.flink;

import org.jspecify.annotations.NullMarked;
