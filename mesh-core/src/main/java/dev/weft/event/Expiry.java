package dev.weft.event;

/**
 * Until when an event is of use to anyone: its {@code expirytime}, as the CloudEvents expiry time extension has it.
 *
 * <p>An event without the attribute never expires. Nor does one whose {@code expirytime} is no RFC 3339 timestamp: who
 * wrote it wanted the event to be delivered for some time, and not to be lost for a mistake in how long.
 */
public final class Expiry {

    private static final String ATTRIBUTE = "expirytime";

    private Expiry() {}

    /**
     * Returns whether the event is of no use any more. At its {@code expirytime} it still is; after it, no longer.
     *
     * @param nowMillis in milliseconds since 1970
     */
    public static boolean isOver(MeshEvent event, long nowMillis) {
        String text = event.attribute(ATTRIBUTE);
        if (text == null) {
            return false;
        }
        long until = Rfc3339.epochMillis(text);
        return until != Rfc3339.NOT_A_TIMESTAMP && nowMillis > until;
    }
}
