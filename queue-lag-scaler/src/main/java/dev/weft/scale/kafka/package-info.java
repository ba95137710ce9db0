/**
 * What do brokers say of a queue? {@link dev.weft.scale.kafka.KafkaQueues} asks them in batches and within a bound, and
 * {@link dev.weft.scale.kafka.StateTopic} keeps what the scaler must not forget. Does not know what the numbers mean.
 */
@NullMarked
package dev.weft.scale.kafka;

import org.jspecify.annotations.NullMarked;
