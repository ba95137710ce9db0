package dev.weft.config;

import dev.weft.config.YamlReader.Unreadable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;

/** Builds the nodes of one document from the parser's events. Used once. */
final class TreeReader {

    private static final String CORE_TAG = "tag:yaml.org,2002:";

    private final String file;
    private final Iterator<Event> events;
    private final Substitution substitution;
    private final Problems problems;
    private final Map<Anchor, Node> anchored = new HashMap<>();
    private final Set<Anchor> open = new HashSet<>();
    private int aliased;

    TreeReader(String file, Iterator<Event> events, Substitution substitution, Problems problems) {
        this.file = file;
        this.events = events;
        this.substitution = substitution;
        this.problems = problems;
    }

    Node document() throws Unreadable {
        Event event = next();
        while (event.getEventId() == Event.ID.StreamStart || event.getEventId() == Event.ID.DocumentStart) {
            event = next();
        }
        if (isNothing(event) || event.getEventId() == Event.ID.StreamEnd) {
            throw empty(event);
        }
        Node root = node(event, "$", 1);
        Event end = next();
        Event after = next();
        if (end.getEventId() != Event.ID.DocumentEnd || after.getEventId() != Event.ID.StreamEnd) {
            problems.add(at(after), "$", "a second document", "one document in a file");
        }
        return root;
    }

    /** Adds the documents that have something in them, of which there is at least one. */
    void documents(List<Node> roots) throws Unreadable {
        Event event = next();
        for (; event.getEventId() != Event.ID.StreamEnd; event = next()) {
            boolean begins = event.getEventId() == Event.ID.DocumentStart;
            Event root = begins ? next() : event;
            if (begins && !isNothing(root)) {
                anchored.clear();
                roots.add(node(root, "$", 1));
            }
        }
        if (roots.isEmpty()) {
            throw empty(event);
        }
    }

    private static boolean isNothing(Event event) {
        return event instanceof ScalarEvent scalar
                && scalar.isPlain()
                && scalar.getValue().isEmpty()
                && scalar.getTag().isEmpty();
    }

    private Unreadable empty(Event event) {
        return new Unreadable(at(event), "$", "an empty file", "a YAML or JSON document");
    }

    private Node node(Event event, String path, int depth) throws Unreadable {
        if (depth > YamlReader.DEEPEST) {
            throw tooDeep(at(event), path);
        }
        if (event instanceof AliasEvent alias) {
            return copied(alias, path, depth);
        }
        Optional<Anchor> anchor = ((NodeEvent) event).getAnchor();
        anchor.ifPresent(open::add);
        Node node = read(event, path, depth);
        anchor.ifPresent(name -> {
            open.remove(name);
            anchored.put(name, node);
        });
        return node;
    }

    private Node read(Event event, String path, int depth) throws Unreadable {
        if (event instanceof ScalarEvent scalar) {
            return scalar(scalar, path);
        }
        if (event instanceof MappingStartEvent start) {
            refuseTag(start, "map", path);
            return mapping(at(event), path, depth);
        }
        refuseTag((SequenceStartEvent) event, "seq", path);
        List<Node> items = new ArrayList<>();
        for (Event item = next(); item.getEventId() != Event.ID.SequenceEnd; item = next()) {
            items.add(node(item, path + "[" + items.size() + "]", depth + 1));
        }
        return new Sequence(at(event), path, items);
    }

    private Mapping mapping(Location at, String path, int depth) throws Unreadable {
        Map<String, Node> members = new LinkedHashMap<>();
        Map<String, Location> keys = new LinkedHashMap<>();
        for (Event key = next(); key.getEventId() != Event.ID.MappingEnd; key = next()) {
            String name = key(key, path, depth);
            Node value = node(next(), name == null ? path : Mapping.memberPath(path, name), depth + 1);
            if (name == null) {
                continue;
            }
            if (keys.containsKey(name)) {
                int first = keys.get(name).line();
                problems.add(
                        at(key),
                        Mapping.memberPath(path, name),
                        "the key \"" + Shown.shortened(name) + "\" a second time",
                        "each key once: it first stands on line " + first);
            } else {
                members.put(name, value);
                keys.put(name, at(key));
            }
        }
        return new Mapping(at, path, members, keys);
    }

    /** Returns the name a key stands for, or null, with a problem, if it is not a name. */
    private @Nullable String key(Event event, String path, int depth) throws Unreadable {
        if (!(event instanceof ScalarEvent scalar)) {
            Node key = node(event, path, depth + 1);
            problems.add(at(event), path, key.described() + " as a key", "text as a key");
            return null;
        }
        boolean typed = scalar.isPlain() && scalar.getTag().isEmpty();
        if (typed && scalar.getValue().equals("<<")) {
            problems.add(at(event), path, "the merge key <<", "the keys themselves: nothing is merged here");
            return null;
        }
        Scalar key = scalar(scalar, path, Substitution.none());
        if (!(key.value() instanceof String name)) {
            problems.add(at(event), path, key.described() + " as a key", "text as a key: put it in quotes");
            return null;
        }
        return name;
    }

    private Scalar scalar(ScalarEvent event, String path) {
        return scalar(event, path, substitution);
    }

    private Scalar scalar(ScalarEvent event, String path, Substitution with) {
        Substitution.Filled filled = with.in(event.getValue());
        for (String name : filled.unset()) {
            problems.add(
                    at(event),
                    path,
                    "${" + name + "}, which is not set in the environment",
                    "a variable that is set, or a default as in ${" + name + ":default}");
        }
        boolean unchanged = filled.text().equals(event.getValue());
        boolean plain = event.isPlain() && (unchanged || filled.whole());
        String tag = event.getTag().orElse(plain ? "?" : "!");
        boolean readAsPlain = tag.equals("?") || isCore(tag) && !tag.equals(CORE_TAG + "str");
        if (!readAsPlain || !filled.unset().isEmpty()) {
            refuseTag(event, tag, path);
            return new Scalar(at(event), path, filled.text(), filled.text());
        }
        Optional<String> objection = CoreSchema.objection(filled.text());
        if (objection.isPresent()) {
            problems.add(at(event), path, Shown.shortened(filled.text()), objection.get());
            return new Scalar(at(event), path, filled.text(), filled.text());
        }
        Scalar scalar = new Scalar(at(event), path, CoreSchema.value(filled.text()), filled.text());
        if (!tag.equals("?") && !fits(tag, scalar)) {
            problems.add(
                    scalar, scalar.described() + " tagged !!" + tag.substring(CORE_TAG.length()), "what the tag says");
        }
        return scalar;
    }

    private static boolean isCore(String tag) {
        return Set.of("str", "int", "float", "bool", "null").stream().anyMatch(name -> tag.equals(CORE_TAG + name));
    }

    private static boolean fits(String tag, Scalar scalar) {
        return switch (tag.substring(CORE_TAG.length())) {
            case "int", "float" -> scalar.value() instanceof Number;
            case "bool" -> scalar.value() instanceof Boolean;
            default -> scalar.value() == null;
        };
    }

    private void refuseTag(ScalarEvent event, String tag, String path) {
        if (!tag.equals("!") && !tag.equals("?") && !isCore(tag)) {
            problems.add(at(event), path, "the tag " + shown(tag), "no tag");
        }
    }

    private void refuseTag(CollectionStartEvent event, String fitting, String path) {
        event.getTag()
                .filter(tag -> !tag.equals("!") && !tag.equals(CORE_TAG + fitting))
                .ifPresent(tag -> problems.add(at(event), path, "the tag " + shown(tag), "no tag"));
    }

    private static String shown(String tag) {
        return tag.startsWith(CORE_TAG) ? "!!" + tag.substring(CORE_TAG.length()) : tag;
    }

    private Node copied(AliasEvent alias, String path, int depth) throws Unreadable {
        Anchor name = alias.getAlias();
        Node node = anchored.get(name);
        if (node == null || open.contains(name)) {
            String expected =
                    open.contains(name) ? "no alias inside of what it stands for" : "an anchor of that name before it";
            throw new Unreadable(at(alias), path, "the alias *" + name, expected);
        }
        return copied(node, at(alias), path, depth);
    }

    /** The copy stands where the alias does; what is in it keeps its place, where a mistake would be mended. */
    private Node copied(Node node, Location at, String path, int depth) throws Unreadable {
        if (++aliased > YamlReader.MOST_ALIASED) {
            String found = "aliases that stand for more than " + YamlReader.MOST_ALIASED + " values";
            throw new Unreadable(at, path, found, "fewer aliases");
        }
        if (depth > YamlReader.DEEPEST) {
            throw tooDeep(at, path);
        }
        if (node instanceof Mapping mapping) {
            Map<String, Node> members = new LinkedHashMap<>();
            for (Map.Entry<String, Node> member : mapping.members().entrySet()) {
                String memberPath = Mapping.memberPath(path, member.getKey());
                members.put(
                        member.getKey(),
                        copied(member.getValue(), member.getValue().at(), memberPath, depth + 1));
            }
            return new Mapping(at, path, members, mapping.keys());
        }
        if (node instanceof Sequence sequence) {
            List<Node> items = new ArrayList<>();
            for (Node item : sequence.items()) {
                items.add(copied(item, item.at(), path + "[" + items.size() + "]", depth + 1));
            }
            return new Sequence(at, path, items);
        }
        Scalar scalar = (Scalar) node;
        return new Scalar(at, path, scalar.value(), scalar.text());
    }

    private static Unreadable tooDeep(Location at, String path) {
        return new Unreadable(at, Shown.shortened(path), "nesting", "at most " + YamlReader.DEEPEST + " levels");
    }

    private Event next() {
        return events.next();
    }

    private Location at(Event event) {
        return event.getStartMark().map(mark -> YamlReader.place(file, mark)).orElseGet(() -> new Location(file, 1, 1));
    }
}
