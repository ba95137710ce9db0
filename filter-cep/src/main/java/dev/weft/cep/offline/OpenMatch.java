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
        String comes = waitingFor != null
                ? ": waits for " + waitingFor + " until " + over
                : isComplete()
                        ? ": complete, and told when no match can come that began earlier"
                        : ": a match at " + over + " unless an event comes that must be absent";
        return Ids.inWords(taken) + comes;
    }

    /** Only what must be absent can make a match later than its last event. */
    private boolean isComplete() {
        return taken.values().stream().flatMap(List::stream).anyMatch(event -> event.time() == until);
    }
}
