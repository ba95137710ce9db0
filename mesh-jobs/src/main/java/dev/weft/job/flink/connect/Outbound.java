package dev.weft.job.flink.connect;

import dev.weft.event.WireRecord;

/**
 * A record on its way to a topic.
 *
 * @param topic the topic's name
 * @param record key, headers and value as they are to be written
 */
public record Outbound(String topic, WireRecord record) {}
