package dev.weft.workflow.classic;

import dev.weft.config.Fields;
import java.util.List;
import java.util.Optional;

/**
 * What of an event becomes part of a state's data, by {@code eventDataFilter}.
 *
 * @param use whether anything does
 * @param data an expression asked of the event
 * @param place an expression asked of the state's data; empty for all of it
 */
record EventData(boolean use, String data, String place) {

    /** Reads a filter that may be missing. */
    static EventData read(Fields fields, Library library) {
        Optional<Fields> filter = fields.optional("eventDataFilter").fields();
        boolean use = filter.flatMap(it -> it.optional("useData").flag()).orElse(true);
        String data = filter.flatMap(it -> it.optional("data").node("an expression"))
                .flatMap(at -> library.texts().text(at))
                .orElse(".");
        String place = filter.flatMap(it -> it.optional("toStateData").node("an expression"))
                .flatMap(at -> library.texts().text(at))
                .orElse("");
        filter.ifPresent(Fields::close);
        return new EventData(use, data, place);
    }

    /**
     * Returns the expression that merges an event into data.
     *
     * @param into an expression that gives the data
     * @param envelope an expression that gives the event
     * @param events as which of these it came
     */
    String merged(String into, String envelope, List<EventRefs.Event> events) {
        if (!use) {
            return into;
        }
        String whole = events.stream()
                .filter(event -> !event.dataOnly())
                .map(event -> Merging.block(event.condition()))
                .reduce((one, other) -> one + " or " + other)
                .orElse("false");
        String seen = Merging.block(envelope) + " | if " + whole + " then . else .data end | " + Merging.block(data);
        return Merging.block(Merging.into(into, seen, place));
    }
}
