package dev.weft.job;

import java.io.Serializable;
import java.time.Duration;

/**
 * What time it is for the events of a channel.
 *
 * @param from which clock an event carries
 * @param outOfOrderness how much later than a newer event of the same partition an event may come and still be on time
 * @param idleAfter how long a partition may be silent before the others stop waiting for it
 */
public record EventTime(Clock from, Duration outOfOrderness, Duration idleAfter) implements Serializable {

    /** Where an event's time is read. */
    public enum Clock {
        /** The CloudEvents attribute {@code time}; the record's timestamp for events without it. */
        TIME,
        /** The timestamp of the Kafka record. */
        KAFKA
    }
}
