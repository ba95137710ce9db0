package dev.weft.cep.offline;

import dev.weft.event.MeshEvent;
import dev.weft.event.Origin;
import dev.weft.event.PayloadReaders;
import dev.weft.event.Rfc3339;
import java.util.Optional;

/**
 * An event that says when it happened.
 *
 * @param number its place among the events that were given, from 1; events of one millisecond are looked at in this
 *     order
 * @param time milliseconds since 1970
 */
public record TimedEvent(int number, MeshEvent event, long time) {

    /**
     * Returns the event as if it had been read at that place of a log; nothing if it has no attribute {@code time}.
     *
     * @param payloads what reads its payload
     */
    public static Optional<TimedEvent> of(int number, MeshEvent event, PayloadReaders payloads) {
        String time = event.attribute("time");
        if (time == null) {
            return Optional.empty();
        }
        MeshEvent placed = MeshEvent.stored(new Origin("", 0, number, -1), event.wire());
        return Optional.of(new TimedEvent(number, placed.readBy(payloads), Rfc3339.epochMillis(time)));
    }
}
