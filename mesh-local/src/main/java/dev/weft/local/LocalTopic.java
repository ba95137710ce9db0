package dev.weft.local;

import java.util.Map;

/**
 * A topic to be made on the local broker.
 *
 * @param partitions at least 1
 * @param settings topic settings as Kafka names them, such as {@code max.message.bytes}
 */
public record LocalTopic(String name, int partitions, Map<String, String> settings) {

    public LocalTopic {
        if (partitions < 1) {
            throw new IllegalArgumentException("topic " + name + " needs at least 1 partition, not " + partitions);
        }
        settings = Map.copyOf(settings);
    }

    /** Returns a topic of one partition with the broker's settings. */
    public static LocalTopic named(String name) {
        return new LocalTopic(name, 1, Map.of());
    }

    /** Returns this topic with that many partitions. */
    public LocalTopic partitioned(int count) {
        return new LocalTopic(name, count, settings);
    }
}
