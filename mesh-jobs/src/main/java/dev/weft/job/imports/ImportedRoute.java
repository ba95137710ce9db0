package dev.weft.job.imports;

import dev.weft.config.Mapping;
import dev.weft.config.Node;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One route of the result.
 *
 * @param origin what it was, in a few words
 * @param selects which events it wants: where, filters, sql; nothing if it wants every event
 * @param transform what it delivers in place of the event; without members if it delivers the event itself
 */
record ImportedRoute(
        String name,
        String origin,
        String description,
        String from,
        Mapping selects,
        Mapping transform,
        List<String> to) {

    ImportedRoute {
        to = List.copyOf(to);
    }

    /** Returns the route as a job config says it. */
    Mapping written() {
        Placed placed = Placed.at(selects);
        Map<String, Node> members = new LinkedHashMap<>();
        members.put("name", placed.text(name));
        if (!description.isBlank()) {
            members.put("description", placed.text(description));
        }
        members.put("from", placed.texts(List.of(from)));
        members.putAll(selects.members());
        if (!transform.members().isEmpty()) {
            members.put("transform", transform);
        }
        members.put("to", placed.texts(to));
        return placed.mapping(members);
    }
}
