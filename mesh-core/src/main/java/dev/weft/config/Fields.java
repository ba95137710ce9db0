package dev.weft.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a mapping field by field. Nothing throws: a mistake becomes a problem, the field reads as absent, and reading
 * goes on.
 *
 * <pre>{@code
 * Fields fields = Fields.of(node, problems);
 * Optional<String> topic = fields.required("topic").text();
 * Optional<Duration> idleAfter = fields.optional("idleAfter").duration(MIN, MAX);
 * fields.close();
 * }</pre>
 *
 * <p>{@link #close} belongs at the end: it reports the keys nobody asked for, and those that were required and are not
 * there. A key that is nearly a required one is reported once, as a typo.
 */
public final class Fields {

    private final @Nullable Mapping mapping;
    private final Node node;
    private final Problems problems;
    private final Set<String> known = new LinkedHashSet<>();
    private final Map<String, String> missing = new LinkedHashMap<>();

    private Fields(Node node, Problems problems) {
        this.node = node;
        this.mapping = node instanceof Mapping it ? it : null;
        this.problems = problems;
    }

    /** Returns the fields of a mapping; anything else is a problem, and then has no fields and misses none. */
    public static Fields of(Node node, Problems problems) {
        if (!(node instanceof Mapping) && !problems.concern(node)) {
            problems.add(node, node.described(), "a mapping");
        }
        return new Fields(node, problems);
    }

    /** Returns the field {@code key}; its absence is a problem. */
    public Field required(String key) {
        return field(key, true);
    }

    /** Returns the field {@code key}, which need not be there. */
    public Field optional(String key) {
        return field(key, false);
    }

    /** Returns whether the mapping has the key, whatever its value. */
    public boolean has(String key) {
        return mapping != null && mapping.get(key) != null;
    }

    /** Returns the mapping itself, for problems that concern all of it. */
    public Node node() {
        return node;
    }

    /** Returns the path the field {@code key} has, or would have. */
    public String path(String key) {
        return Mapping.memberPath(node.path(), key);
    }

    /** Returns where the key stands; the mapping's place if it does not. */
    public Location keyAt(String key) {
        return mapping == null ? node.at() : mapping.keyAt(key);
    }

    /** Reports unknown keys and missing ones. */
    public void close() {
        if (mapping == null) {
            return;
        }
        Set<String> meant = new LinkedHashSet<>();
        for (String key : mapping.names()) {
            if (!known.contains(key)) {
                List<String> free = known.stream().filter(name -> !has(name)).toList();
                Optional<String> nearest = Nearest.to(key, free);
                nearest.ifPresent(meant::add);
                problems.add(new Problem(
                        mapping.keyAt(key),
                        path(key),
                        "unknown key \"" + Shown.shortened(key) + "\"",
                        Nearest.list(known),
                        nearest));
            }
        }
        missing.forEach((key, expected) -> {
            if (!meant.contains(key)) {
                problems.add(mapping.at(), path(key), "nothing", expected);
            }
        });
    }

    void reportMissing(String key, String expected) {
        missing.put(key, expected);
    }

    private Field field(String key, boolean required) {
        known.add(key);
        return new Field(this, key, mapping == null ? null : mapping.get(key), required && mapping != null, problems);
    }

    /** Returns the members of a mapping whose keys are free: names with what they stand for, in the file's order. */
    public List<Map.Entry<String, Node>> members() {
        return mapping == null ? List.of() : new ArrayList<>(mapping.members().entrySet());
    }
}
