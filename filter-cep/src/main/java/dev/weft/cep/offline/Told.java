package dev.weft.cep.offline;

import dev.weft.cep.engine.KeptEvent;
import dev.weft.cep.engine.Key;
import dev.weft.event.MeshEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A match, or a timeout, and the event that it becomes.
 *
 * @param pattern the pattern's id
 * @param time milliseconds since 1970
 * @param taken events by step, in the order of the steps
 * @param waitingFor the step that did not come; null for a match
 * @param event null if the pattern tells nothing of it, or if there is a fault
 * @param fault why the event cannot be made that the pattern wants; null if nothing is wrong
 */
public record Told(
        String pattern,
        Key key,
        long time,
        Map<String, List<KeptEvent>> taken,
        @Nullable String waitingFor,
        @Nullable MeshEvent event,
        @Nullable String fault) {

    /** Returns whether it is a match, and not a timeout. */
    public boolean isMatch() {
        return waitingFor == null;
    }

    /** Returns whether someone would hear of it: by its event, or by the complaint that there is none. */
    public boolean isHeard() {
        return event != null || fault != null;
    }

    /** Returns the time as events write it. */
    public String at() {
        return Instant.ofEpochMilli(time).toString();
    }

    /** Returns the ids of the events taken, by step. */
    public Map<String, List<String>> ids() {
        return Ids.of(taken);
    }

    /** Returns the ids for people: {@code failed [l1, l2], entered [l3]}. */
    public String idsInWords() {
        return Ids.inWords(taken);
    }
}
