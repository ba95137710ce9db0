package dev.weft.event;

/**
 * Where an event was read: the record of a Kafka topic that carried it.
 *
 * @param topic the topic's name; empty for an event that was made in the mesh and never read
 * @param partition from 0; -1 for an event that was never read
 * @param offset from 0; -1 for an event that was never read
 * @param timestamp Kafka's record timestamp, milliseconds since 1970; -1 where the record has none
 */
public record Origin(String topic, int partition, long offset, long timestamp) {

    /** The origin of an event that was made in the mesh. */
    public static final Origin NONE = new Origin("", -1, -1, -1);

    /** Returns {@code topic/partition/offset}, which names the record once and for all. */
    @Override
    public String toString() {
        return topic + "/" + partition + "/" + offset;
    }
}
