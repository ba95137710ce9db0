package dev.weft.workflow.classic;

import dev.weft.config.Mapping;
import dev.weft.config.Node;
import dev.weft.config.Scalar;
import dev.weft.config.Sequence;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds to which states others lead, as they are written. */
final class Transitions {

    private Transitions() {}

    /** Returns a state and all to which it leads, whatever the way. */
    static Set<String> reached(String from, Map<String, Node> states) {
        Set<String> reached = new LinkedHashSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(from));
        while (!open.isEmpty()) {
            String name = open.remove();
            Node state = states.get(name);
            if (state != null && reached.add(name)) {
                collect(state, open);
            }
        }
        return reached;
    }

    /** Returns whether one of the states leads to that one. */
    static boolean isWanted(String name, Collection<Node> states) {
        Deque<String> names = new ArrayDeque<>();
        states.forEach(state -> collect(state, names));
        return names.contains(name);
    }

    private static void collect(Node at, Deque<String> names) {
        if (at instanceof Mapping mapping) {
            Node transition = mapping.get("transition");
            if (transition instanceof Mapping detailed) {
                transition = detailed.get("nextState");
            }
            if (transition instanceof Scalar name) {
                names.add(name.text());
            }
            mapping.members().forEach((key, member) -> {
                boolean isData = key.equals("data") || key.equals("metadata") || key.equals("actions");
                if (!isData) {
                    collect(member, names);
                }
            });
        } else if (at instanceof Sequence sequence) {
            sequence.items().forEach(item -> collect(item, names));
        }
    }
}
