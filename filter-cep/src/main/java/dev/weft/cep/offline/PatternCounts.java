package dev.weft.cep.offline;

import dev.weft.cep.engine.Outcomes.Note;
import java.util.Map;

/**
 * What happened to one pattern in a run.
 *
 * @param pattern its id
 * @param seen how many events it looked at
 * @param keys how many keys they have
 * @param withoutKey how many it would have looked at that have not all values of the key
 * @param taken by step, how often an event was taken; every step that takes events is named
 * @param notes only what happened at least once; {@link Note#TAKEN} is all of {@code taken}
 * @param open how many matches have begun and are neither complete nor over when the time ends
 */
public record PatternCounts(
        String pattern,
        int seen,
        int keys,
        int withoutKey,
        int matches,
        int timeouts,
        Map<String, Integer> taken,
        Map<Note, Integer> notes,
        int open) {}
