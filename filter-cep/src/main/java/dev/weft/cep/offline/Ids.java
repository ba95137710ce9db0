package dev.weft.cep.offline;

import dev.weft.cep.engine.KeptEvent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Events that a partial match has taken, by their ids. */
final class Ids {

    private Ids() {}

    static Map<String, List<String>> of(Map<String, List<KeptEvent>> taken) {
        Map<String, List<String>> ids = new LinkedHashMap<>();
        taken.forEach((step, events) ->
                ids.put(step, events.stream().map(KeptEvent::id).toList()));
        return ids;
    }

    /** Returns {@code failed [l1, l2], entered [l3]}. */
    static String inWords(Map<String, List<KeptEvent>> taken) {
        return of(taken).entrySet().stream()
                .map(step -> step.getKey() + " " + step.getValue())
                .collect(Collectors.joining(", "));
    }
}
