package dev.weft.workflow.read;

import dev.weft.config.Location;
import dev.weft.config.Mapping;
import dev.weft.config.Node;
import java.util.Map;
import java.util.Optional;

/**
 * A mapping of one name, as lists of tasks, cases and extensions have them.
 *
 * @param at where the name stands
 * @param value what it names
 */
record Single(String name, Location at, Node value) {

    /** Returns an item of a list if it is such a mapping. */
    static Optional<Single> of(Node item) {
        if (!(item instanceof Mapping mapping) || mapping.members().size() != 1) {
            return Optional.empty();
        }
        Map.Entry<String, Node> only = mapping.members().entrySet().iterator().next();
        return Optional.of(new Single(only.getKey(), mapping.keyAt(only.getKey()), only.getValue()));
    }
}
