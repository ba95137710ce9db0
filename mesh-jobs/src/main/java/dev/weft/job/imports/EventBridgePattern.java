package dev.weft.job.imports;

import dev.weft.config.Location;
import dev.weft.config.Mapping;
import dev.weft.config.Nearest;
import dev.weft.config.Node;
import dev.weft.config.Problem;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import dev.weft.config.Sequence;
import dev.weft.filter.RuleParser;
import dev.weft.job.imports.Envelope.Place;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Says an EventBridge event pattern in Weft's words, which are the same but for the envelope and some corners. */
final class EventBridgePattern {

    private static final String OR = "$or";

    private final Envelope envelope;
    private final Notes notes;
    private final Problems problems;
    private final EventBridgeAlternatives alternatives;

    EventBridgePattern(Envelope envelope, Notes notes, Problems problems) {
        this.envelope = envelope;
        this.notes = notes;
        this.problems = problems;
        this.alternatives = new EventBridgeAlternatives(notes);
    }

    /**
     * Returns the {@code where} of a route; nothing if the pattern is wrong or cannot be carried over, which is said.
     */
    Optional<Mapping> translate(Node pattern) {
        int wrong = problems.count();
        int lost = notes.lostCount();
        if (!(pattern instanceof Mapping mapping)) {
            problems.add(pattern, pattern.described(), "an event pattern: a mapping of fields");
            return Optional.empty();
        }
        sayWhatNeedsTheWholePattern(mapping);
        Mapping where = top(mapping);
        if (notes.lostCount() == lost && !where.members().isEmpty()) {
            RuleParser.parse(where, problems);
        }
        return notes.lostCount() == lost && problems.count() == wrong ? Optional.of(where) : Optional.empty();
    }

    private void sayWhatNeedsTheWholePattern(Mapping pattern) {
        PatternLeaves leaves = PatternLeaves.of(pattern);
        leaves.overridden()
                .forEach(at -> notes.lost(
                        at,
                        "this field is asked both inside and outside of $or. EventBridge silently lets the inner list replace the"
                                + " outer one; say it once, in the alternatives of $or that mean it"));
        leaves.absentBesideOthers()
                .forEach(
                        at -> notes.changed(
                                at,
                                "{exists: false} is asked of the whole event; EventBridge may ask it of one element of an array of objects"));
    }

    private Mapping top(Mapping pattern) {
        PatternFields fields = new PatternFields(pattern, problems);
        pattern.members().forEach((key, value) -> {
            if (key.equals(OR)) {
                fields.put(List.of(OR), pattern.keyAt(key), or(value, this::top));
            } else {
                List<String> path = split(pattern.keyAt(key), value, key);
                envelopeField(path, pattern.keyAt(key), value, fields);
            }
        });
        return fields.mapping();
    }

    private void envelopeField(List<String> path, Location key, Node value, PatternFields into) {
        String field = path.get(0);
        if (!Envelope.FIELDS.contains(field)) {
            problems.add(new Problem(
                    key,
                    value.path(),
                    "the field \"" + field + "\", which no EventBridge event has",
                    Nearest.list(Envelope.FIELDS),
                    Nearest.to(field, Envelope.FIELDS)));
            return;
        }
        Optional<Place> place = envelope.of(field);
        if (place.isEmpty()) {
            withoutAPlace(field, value);
        } else if (place.get() instanceof Place.Attribute attribute) {
            attribute(attribute.name(), path, key, value, into);
        } else {
            List<String> below = new ArrayList<>(List.of("data"));
            below.addAll(((Place.Payload) place.get()).path());
            below.addAll(path.subList(1, path.size()));
            into.put(below, key, field(value));
        }
    }

    private void withoutAPlace(String field, Node value) {
        boolean always = field.equals("version")
                && value instanceof Sequence list
                && list.items().stream().anyMatch(item -> item instanceof Scalar scalar && "0".equals(scalar.value()));
        if (always) {
            notes.changed(value, "version is left out: it is \"0\" in every EventBridge event");
        } else {
            notes.lost(
                    value,
                    field + " has no place in a CloudEvent; say where your events have it, as in --map " + field
                            + "=data." + field);
        }
    }

    private void attribute(String name, List<String> path, Location key, Node value, PatternFields into) {
        if (path.size() > 1 || value instanceof Mapping) {
            notes.lost(value, path.get(0) + " is text and has no fields, so this matches nothing");
        } else if (value instanceof Sequence list) {
            alternatives.ofAttribute(list).ifPresent(kept -> into.put(List.of(name), key, kept));
        } else {
            into.put(List.of(name), key, value);
        }
    }

    private Node field(Node value) {
        if (value instanceof Mapping mapping) {
            PatternFields fields = new PatternFields(mapping, problems);
            mapping.members().forEach((key, member) -> {
                Location at = mapping.keyAt(key);
                if (key.equals(OR)) {
                    fields.put(List.of(OR), at, or(member, this::mappingOfFields));
                } else {
                    fields.put(split(at, member, key), at, field(member));
                }
            });
            return fields.mapping();
        }
        return value instanceof Sequence list ? alternatives.ofField(list) : value;
    }

    private Node mappingOfFields(Mapping mapping) {
        return field(mapping);
    }

    private static Node or(Node value, Function<Mapping, Node> reading) {
        if (!(value instanceof Sequence list)) {
            return value;
        }
        List<Node> items = new ArrayList<>();
        list.items().forEach(item -> items.add(item instanceof Mapping mapping ? reading.apply(mapping) : item));
        return Placed.at(value).list(items);
    }

    /** EventBridge nests at each dot and knows no escapes; Weft's filters escape with a backslash. */
    private List<String> split(Location key, Node value, String name) {
        List<String> names = Arrays.stream(name.split("\\.", -1))
                .map(each -> each.replace("\\", "\\\\"))
                .toList();
        if (names.size() > 1 && !names.contains("")) {
            notes.changed(
                    new Scalar(key, value.path(), name, name),
                    "dots in a name nest here, and a field with a dot in its own name is another one; for EventBridge the two are the same");
        }
        return names;
    }

    /** What a pattern asks of each field, to find what means something only beside something else. */
    private record PatternLeaves(Map<List<String>, List<Leaf>> leaves) {

        private record Leaf(List<Node> insideOf, Node asked) {}

        static PatternLeaves of(Mapping pattern) {
            PatternLeaves leaves = new PatternLeaves(new LinkedHashMap<>());
            leaves.collect(pattern, List.of(), List.of());
            return leaves;
        }

        private void collect(Mapping mapping, List<String> path, List<Node> insideOf) {
            mapping.members().forEach((name, value) -> {
                if (name.equals(OR) && value instanceof Sequence list) {
                    List<Node> deeper = joined(insideOf, List.of(value));
                    list.items().forEach(item -> {
                        if (item instanceof Mapping alternative) {
                            collect(alternative, path, deeper);
                        }
                    });
                    return;
                }
                List<String> below = joined(path, Arrays.asList(name.split("\\.", -1)));
                if (value instanceof Mapping fields) {
                    collect(fields, below, insideOf);
                } else {
                    leaves.computeIfAbsent(below, absent -> new ArrayList<>()).add(new Leaf(insideOf, value));
                }
            });
        }

        private static <T> List<T> joined(List<T> first, List<T> second) {
            List<T> all = new ArrayList<>(first);
            all.addAll(second);
            return all;
        }

        /** Fields that two places ask, one of them outside of an {@code $or} that the other is in. */
        List<Node> overridden() {
            return leaves.values().stream()
                    .filter(asked ->
                            asked.stream().map(Leaf::insideOf).distinct().count() > 1)
                    .map(asked -> asked.get(asked.size() - 1).asked())
                    .toList();
        }

        List<Node> absentBesideOthers() {
            long below =
                    leaves.keySet().stream().filter(path -> path.size() > 1).count();
            return leaves.entrySet().stream()
                    .filter(each -> below > 1 && each.getKey().size() > 1)
                    .flatMap(each -> each.getValue().stream())
                    .map(Leaf::asked)
                    .filter(EventBridgeAlternatives::asksAbsence)
                    .toList();
        }
    }
}
