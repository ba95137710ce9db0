package dev.weft.scale;

import java.util.List;

/**
 * Which of {@code subtasks} reads which partition, as Flink's Kafka source deals them out when it sees them first.
 *
 * <p>Source: {@code KafkaSourceEnumerator.getSplitOwner} of flink-connector-kafka: the first partition of a topic goes
 * to a subtask that follows from the topic's name, the next ones to the subtasks behind it. What differs: a job that
 * goes on from a checkpoint with another parallelism deals out the same number to each, but maybe not the same ones;
 * and the members of a plain consumer group are taken to share in the same way.
 */
record Assignment(int subtasks) {

    int ownerOf(String topic, int partition) {
        int first = ((topic.hashCode() * 31) & Integer.MAX_VALUE) % subtasks;
        return (first + partition) % subtasks;
    }

    /** Returns the largest number of partitions that one subtask reads. */
    int mostPerSubtask(List<PartitionLag> partitions) {
        int[] counts = new int[subtasks];
        int most = 0;
        for (PartitionLag each : partitions) {
            most = Math.max(most, ++counts[ownerOf(each.topic(), each.partition())]);
        }
        return most;
    }
}
