package dev.weft.delivery;

import java.io.Serializable;

/**
 * How much may wait for a target.
 *
 * @param maxBytes of events, in all subtasks together
 */
public record ParkingPolicy(long maxBytes, OnFull onFull) implements Serializable {

    /** A gibibyte; then Kafka waits. */
    public static final ParkingPolicy DEFAULT = new ParkingPolicy(1L << 30, OnFull.BACKPRESSURE);

    /** What happens to the next event when no more may wait. */
    public enum OnFull {
        /** Nothing more is read until there is room: the job waits, and nothing is given up. */
        BACKPRESSURE,
        /** It goes to the dead letter, from where it can be sent again later. */
        DEAD_LETTER
    }
}
