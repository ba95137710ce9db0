package dev.weft.cep.offline;

import dev.weft.cep.engine.KeptEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A match that has begun.
 *
 * @param taken events by step, in the order of the steps
 * @param until when its time is over, milliseconds since 1970
 * @param waitingFor the step whose event it waits for; null if it is complete when its time is over
 */
public record OpenMatch(
        Map<String, List<KeptEvent>> taken,
        long until,
        @Nullable String waitingFor) {

    /** Returns the ids of the events taken, by step. */
    public Map<String, List<String>> ids() {
        return Ids.of(taken);
    }

    /** Returns what comes of it if no event does, as a sentence without its dot. */
    public String text() {
        String over = Instant.ofEpochMilli(until).toString();
        return Ids.inWords(taken)
                + (waitingFor == null
                        ? ": a match at " + over + " unless an event comes that must be absent"
                        : ": waits for " + waitingFor + " until " + over);
    }
}
