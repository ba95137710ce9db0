package dev.weft.job.audit;

import java.util.Locale;

/** What is counted of a {@link Leg}. State knows items by their place: new ones are added at the end. */
public enum Item {
    /** Events of the channels the route reads, since the leg is there. */
    RECEIVED,
    /** Of those, the events the route wants. */
    MATCHED,
    /** Of those, the events about which the route could not tell; they are in the dead letter. */
    UNDECIDED,
    /** Events that a step did not want. */
    DROPPED,
    /** Events the route wants that are in the dead letter: they had expired, or the transform or a step failed. */
    FAILED,
    /** Events handed to the sink, for a channel. */
    WRITTEN,
    /** Events handed on for delivery, to a target. */
    PUSHED,
    /** Events taken for delivery. */
    ACCEPTED,
    /** Events the target has. */
    DELIVERED,
    /** Events in the dead letter because the target did not take them. */
    BURIED,
    /** Events that wait and were not tried yet. Counted where they are. */
    PARKED,
    /** Events that failed and wait for their next attempt. Counted where they are. */
    RETRYING,
    /** Events whose answer is awaited. Counted where they are. */
    IN_FLIGHT,
    /** Events that wait before their route, which is paused. Counted where they are. */
    HELD;

    private static final Item[] ALL = values();

    private final String code = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /** Returns all of them, in the order in which state knows them. */
    static Item[] all() {
        return ALL;
    }

    /** Returns how many there are. */
    public static int count() {
        return ALL.length;
    }

    /** Returns the name in texts. */
    public String code() {
        return code;
    }
}
