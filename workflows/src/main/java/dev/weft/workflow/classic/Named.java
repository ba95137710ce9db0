package dev.weft.workflow.classic;

import dev.weft.config.Fields;
import dev.weft.config.Mapping;
import dev.weft.config.Node;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import dev.weft.config.Sequence;
import dev.weft.workflow.parts.Reading;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds what a document, or a file beside it, defines by name: functions, events, errors, retries. */
final class Named {

    private final Problems problems;
    private final String what;
    private final String key;
    private final Map<String, Node> members = new LinkedHashMap<>();

    private Named(Problems problems, String what, String key) {
        this.problems = problems;
        this.what = what;
        this.key = key;
    }

    /** Reads a list of things with a name each, or the path of a file that has it. */
    static Named read(Fields root, String key, String what, Reading reading) {
        Named named = new Named(reading.problems(), what, key);
        part(root, key, "a list, or the path of a file beside this one", reading)
                .ifPresent(named::add);
        return named;
    }

    /** Reads a part of the document that may be in a file of its own, there perhaps again under its key. */
    static Optional<Node> part(Fields root, String key, String expected, Reading reading) {
        return root.optional(key).node(expected).flatMap(at -> {
            if (!(at instanceof Scalar scalar && scalar.value() instanceof String path)) {
                return Optional.of(at);
            }
            return reading.file(at, path)
                    .map(file -> file instanceof Mapping mapping && mapping.get(key) != null
                            ? mapping.members().get(key)
                            : file);
        });
    }

    private void add(Node at) {
        if (!(at instanceof Sequence sequence)) {
            problems.add(at, at.described(), "a list");
            return;
        }
        for (Node item : sequence.items()) {
            if (item instanceof Mapping mapping
                    && mapping.get("name") instanceof Scalar name
                    && name.value() instanceof String text) {
                if (members.putIfAbsent(text, item) != null) {
                    problems.add(name, "the " + what + " \"" + text + "\" a second time", "each name once");
                }
            } else {
                problems.add(item, item.described() + " without a name", "a mapping with a name");
            }
        }
    }

    /** Returns what a text names; nothing, with a problem, if there is none. */
    Optional<Fields> at(Scalar name) {
        Node found = members.get(name.text());
        if (found == null && members.isEmpty()) {
            problems.add(name, "unknown " + what + " " + name.described(), "a name under " + key);
        } else if (found == null) {
            problems.addUnknown(name, what, name.text(), members.keySet());
        }
        return Optional.ofNullable(found).map(node -> Fields.of(node, problems));
    }

    /** Returns all of them. */
    List<Fields> all() {
        return members.values().stream().map(node -> Fields.of(node, problems)).toList();
    }
}
