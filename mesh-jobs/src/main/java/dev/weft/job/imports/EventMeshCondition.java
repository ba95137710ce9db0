package dev.weft.job.imports;

import dev.weft.config.Location;
import dev.weft.config.Mapping;
import dev.weft.config.Node;
import dev.weft.config.Problem;
import dev.weft.config.Problems;
import dev.weft.config.Sequence;
import dev.weft.filter.RuleParser;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Takes a condition of an EventMesh filter at its word: a field must have the value that is named. What EventMesh
 * answers otherwise, as its filter compares text and lets much pass that is missing or of another type, is told.
 */
final class EventMeshCondition {

    private static final Set<String> ATTRIBUTES =
            Set.of("id", "source", "specversion", "type", "subject", "time", "datacontenttype", "dataschema");

    private final Notes notes;
    private final Problems problems;
    private final EventMeshAlternatives ofAttribute;
    private final EventMeshAlternatives ofField;

    EventMeshCondition(Notes notes, Problems problems) {
        this.notes = notes;
        this.problems = problems;
        this.ofAttribute = new EventMeshAlternatives(true, notes, problems);
        this.ofField = new EventMeshAlternatives(false, notes, problems);
    }

    /** Returns the {@code where} of a route; nothing if it is wrong or cannot be carried over, which is said. */
    Optional<Mapping> translate(Mapping condition) {
        int lost = notes.lostCount();
        int wrong = problems.count();
        Map<String, Node> members = new LinkedHashMap<>();
        condition.members().forEach((name, value) -> members.put(name, top(condition, name, value)));
        Mapping where = new Mapping(condition.at(), condition.path(), members, condition.keys());
        if (notes.lostCount() == lost && problems.count() == wrong) {
            RuleParser.parse(where, problems);
        }
        return notes.lostCount() == lost && problems.count() == wrong ? Optional.of(where) : Optional.empty();
    }

    private Node top(Mapping condition, String name, Node value) {
        if (name.equals("data") && value instanceof Mapping fields) {
            notes.changed(
                    value,
                    "where the payload has an array, one element must match; EventMesh lets an array without such an"
                            + " element pass, and after a match in an array asks nothing more");
            return fields(fields);
        }
        if (name.startsWith("$")) {
            Location at = condition.keyAt(name);
            problems.add(new Problem(
                    at,
                    value.path(),
                    "\"" + name + "\"",
                    "an attribute or data: EventMesh knows nothing else",
                    Optional.empty()));
            return value;
        }
        if (!name.equals("data") && !ATTRIBUTES.contains(name)) {
            notes.changed(value, "asked of the extension " + name + "; EventMesh refuses conditions on extensions");
        }
        return value instanceof Sequence list ? ofAttribute.list(list) : value;
    }

    /** EventMesh nests by mappings only; a dot in a name is for its JSON path what it is for ours. */
    private Node fields(Mapping mapping) {
        Map<String, Node> members = new LinkedHashMap<>();
        mapping.members().forEach((name, value) -> {
            if (value instanceof Mapping fields) {
                members.put(name, fields(fields));
            } else if (value instanceof Sequence list) {
                members.put(name, ofField.list(list));
            } else {
                notes.lost(
                        value,
                        "a value without a list, which EventMesh accepts and never matches; if it is meant, put it in a list");
                members.put(name, value);
            }
        });
        return new Mapping(mapping.at(), mapping.path(), members, mapping.keys());
    }

    /** Returns whether the condition asks nothing, which EventMesh takes as no filter. */
    static boolean isEmpty(Mapping condition) {
        return condition.members().isEmpty();
    }
}
