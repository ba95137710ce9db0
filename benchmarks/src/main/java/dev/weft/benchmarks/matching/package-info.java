/**
 * What does it cost to ask many rules about an event, beside asking one after the other and beside event-ruler? Start
 * with {@link dev.weft.benchmarks.matching.MatchingCost}. Knows no Kafka and no Flink.
 */
@NullMarked
package dev.weft.benchmarks.matching;

import org.jspecify.annotations.NullMarked;
