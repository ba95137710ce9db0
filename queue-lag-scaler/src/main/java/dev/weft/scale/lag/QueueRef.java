package dev.weft.scale.lag;

import java.util.Set;
import java.util.SortedSet;

/**
 * A queue: topics as one consumer group sees them.
 *
 * @param cluster the name the scaler's configuration gives to a Kafka cluster
 * @param group the id of the consumer group
 * @param topics at least one
 * @param partitions numbers of partitions that count; all of them if empty
 */
public record QueueRef(String cluster, String group, SortedSet<String> topics, Set<Integer> partitions) {}
