/**
 * What does it cost to find patterns? Measures the operator that finds them beside flink-cep's, Esper and Siddhi. Start
 * with {@link dev.weft.benchmarks.pattern.PatternCost}.
 */
@NullMarked
package dev.weft.benchmarks.pattern;

import org.jspecify.annotations.NullMarked;
