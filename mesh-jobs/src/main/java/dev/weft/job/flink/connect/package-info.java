/**
 * How are the channels of a job read from Kafka and written to it? Start with
 * {@link dev.weft.job.flink.connect.KafkaEdges}. Knows nothing of routes.
 */
@NullMarked
package dev.weft.job.flink.connect;

import org.jspecify.annotations.NullMarked;
