/**
 * How does an event come from Kafka and go to it? Start with {@link dev.weft.event.kafka.KafkaRecords}. Knows no
 * topic's meaning.
 */
@NullMarked
package dev.weft.event.kafka;

import org.jspecify.annotations.NullMarked;
