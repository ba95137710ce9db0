package dev.weft.filter;

import dev.weft.config.Location;
import dev.weft.config.Mapping;
import dev.weft.config.Nearest;
import dev.weft.config.Node;
import dev.weft.config.Problem;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import dev.weft.config.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the shape of a pattern: attributes, nested fields of {@code data}, and {@code $or}. */
final class PatternReader {

    private static final String OR = "$or";
    private static final String PAYLOAD = "data";
    private static final int DEEPEST = 100;

    /** The attributes of the specification, and the extension that is used most. */
    static final List<String> ATTRIBUTES = List.of(
            "id", "source", "specversion", "type", "subject", "time", "datacontenttype", "dataschema", "partitionkey");

    private static final List<String> TOP_NAMES =
            Stream.concat(ATTRIBUTES.stream(), Stream.of(PAYLOAD, OR)).toList();

    private final Problems problems;
    private final AlternativesReader ofAttribute;
    private final AlternativesReader ofField;

    PatternReader(Problems problems) {
        this.problems = problems;
        this.ofAttribute = new AlternativesReader(problems, true);
        this.ofField = new AlternativesReader(problems, false);
    }

    /** Returns what the pattern asks; null if there is none to return, and then there are problems. */
    @Nullable
    Part read(Node where) {
        return object(where, new Place(List.of(), 1, false, false));
    }

    /**
     * Where reading has come to.
     *
     * @param path the field whose value is read: empty at the top
     * @param depth how many fields and {@code $or} stand around it
     * @param alternative whether this is itself one of an {@code $or}'s mappings
     */
    private record Place(List<String> path, int depth, boolean insideOr, boolean alternative) {

        Place below(List<String> names) {
            List<String> longer = new ArrayList<>(path);
            longer.addAll(names);
            return new Place(List.copyOf(longer), depth + names.size(), insideOr, false);
        }

        Place alternativeHere() {
            return new Place(path, depth + 1, true, true);
        }

        boolean isTop() {
            return path.isEmpty();
        }
    }

    private @Nullable Part object(Node node, Place place) {
        if (!(node instanceof Mapping mapping)) {
            problems.add(node, node.described(), "a mapping of " + (place.isTop() ? "attributes and data" : "fields"));
            return null;
        }
        if (mapping.members().isEmpty()) {
            problems.add(
                    node,
                    node.described(),
                    place.isTop() && !place.alternative()
                            ? "at least one attribute or data; to take every event, leave the filter out"
                            : "at least one " + (place.isTop() ? "attribute or data" : "field"));
            return null;
        }
        if (place.depth() > DEEPEST) {
            return tooDeep(node);
        }
        List<Part> parts = new ArrayList<>();
        mapping.members().forEach((name, value) -> {
            Part part = member(mapping, name, value, place);
            if (part != null) {
                parts.add(part);
            }
        });
        return new Part.AllOf(parts);
    }

    private @Nullable Part tooDeep(Node node) {
        problems.add(node, "more than " + DEEPEST + " levels", "a pattern that is not nested as deeply");
        return null;
    }

    private @Nullable Part member(Mapping mapping, String name, Node value, Place place) {
        if (name.equals(OR)) {
            return or(value, place);
        }
        Location at = mapping.keyAt(name);
        if (place.alternative() && AlternativesReader.OPERATORS.contains(name)) {
            problems.add(new Problem(
                    at,
                    value.path(),
                    "the operator " + name + " in the place of a field",
                    "mappings of fields in $or; operators stand in the list of one field",
                    Optional.empty()));
            return null;
        }
        List<String> names = names(at, value, name);
        if (names == null) {
            return null;
        }
        return place.isTop() && !names.get(0).equals(PAYLOAD)
                ? attribute(at, name, value, place)
                : field(value, place.below(names));
    }

    private @Nullable List<String> names(Location at, Node value, String key) {
        try {
            List<String> names = FieldPath.split(key);
            if (!names.contains("")) {
                return names;
            }
            problems.add(new Problem(
                    at,
                    value.path(),
                    "an empty name in \"" + key + "\"",
                    "names joined by single dots; a dot within a name is written \\.",
                    Optional.empty()));
        } catch (IllegalArgumentException e) {
            problems.add(new Problem(
                    at,
                    value.path(),
                    e.getMessage() + " in \"" + key + "\"",
                    "\\. for a dot within a name or \\\\ for a backslash",
                    Optional.empty()));
        }
        return null;
    }

    private @Nullable Part attribute(Location at, String name, Node value, Place place) {
        if (!isAttributeName(name)) {
            problems.add(new Problem(
                    at,
                    value.path(),
                    "\"" + name + "\"",
                    "an attribute's name (lower-case letters and digits), data or $or",
                    Nearest.to(name, TOP_NAMES)));
            return null;
        }
        if (value instanceof Mapping) {
            problems.add(value, value.described(), "a list of alternatives: an attribute is text and has no fields");
            return null;
        }
        return leaf(value, place.below(List.of(name)), ofAttribute);
    }

    static boolean isAttributeName(String name) {
        return name.chars().allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'));
    }

    private @Nullable Part field(Node value, Place place) {
        return value instanceof Mapping ? object(value, place) : leaf(value, place, ofField);
    }

    private @Nullable Part leaf(Node value, Place place, AlternativesReader reader) {
        if (value instanceof Scalar scalar) {
            problems.add(value, value.described(), "a list of alternatives: [" + asWritten(scalar) + "]");
            return null;
        }
        if (place.depth() > DEEPEST) {
            return tooDeep(value);
        }
        Alternatives alternatives = reader.read((Sequence) value);
        return alternatives == null ? null : new Part.Field(place.path(), place.insideOr(), value, alternatives);
    }

    private static String asWritten(Scalar scalar) {
        return scalar.value() instanceof String text ? Quoted.text(text) : scalar.text();
    }

    private @Nullable Part or(Node value, Place place) {
        if (!(value instanceof Sequence list)) {
            problems.add(value, value.described(), "a list of at least two mappings");
            return null;
        }
        if (list.items().size() < 2) {
            problems.add(
                    value,
                    list.items().isEmpty() ? "an empty list" : "a list of one",
                    "at least two mappings for $or to choose from");
            return null;
        }
        List<Part> parts = new ArrayList<>();
        for (Node item : list.items()) {
            Part part = object(item, place.alternativeHere());
            if (part != null) {
                parts.add(part);
            }
        }
        return new Part.AnyOf(parts);
    }
}
