package dev.weft.route;

import dev.weft.filter.Rule;
import java.io.Serializable;
import java.util.List;

/**
 * Every event of the channels {@code from} that the rule {@code where} wants is delivered to all channels {@code to}.
 *
 * @param name unique within a mesh
 * @param from names of the channels read, at least one
 * @param where which of their events; {@link Rule#everything()} where the route names no filter
 * @param to names of the channels written, at least one
 */
public record Route(String name, List<String> from, Rule where, List<String> to) implements Serializable {

    public Route {
        from = List.copyOf(from);
        to = List.copyOf(to);
    }
}
