package dev.weft.filter;

import dev.weft.config.Location;
import dev.weft.config.Node;
import dev.weft.config.Problems;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Merges what a conjunction asks of fields into one tree, so that dotted names equal nesting and fields that came from
 * different places are still asked of the same object.
 *
 * <p>A field asked about twice is a mistake: event-ruler lets the later list replace the earlier, which nobody expects.
 */
final class ConjunctionBuilder {

    private static final String PAYLOAD = "data";

    private final Problems problems;
    private final Set<Node> reported = Collections.newSetFromMap(new IdentityHashMap<>());

    ConjunctionBuilder(Problems problems) {
        this.problems = problems;
    }

    Conjunction build(List<Part.Field> fields) {
        Draft root = new Draft();
        fields.forEach(field -> add(field, root));
        List<AttributeTest> attributes = new ArrayList<>();
        List<FieldTree.Leaf> wholes = new ArrayList<>();
        FieldTree payload = null;
        for (Map.Entry<String, Draft> entry : root.below.entrySet()) {
            Part.Field field = entry.getValue().field;
            if (entry.getKey().equals(PAYLOAD)) {
                payload = tree(List.of(), entry.getValue(), wholes);
            } else if (field != null) {
                attributes.add(new AttributeTest(entry.getKey(), field.alternatives()));
            }
        }
        return new Conjunction(attributes, payload, wholes, ComparedFields.of(attributes, payload, wholes));
    }

    private void add(Part.Field field, Draft root) {
        Draft at = root;
        for (String name : field.path()) {
            if (at.field != null) {
                reportNested(at.field, field);
                return;
            }
            at = at.below.computeIfAbsent(name, key -> new Draft());
        }
        if (at.field != null) {
            reportTwice(at.field, field);
        } else if (!at.below.isEmpty()) {
            reportNested(field, at.anyField());
        } else {
            at.field = field;
        }
    }

    private void reportTwice(Part.Field first, Part.Field second) {
        String name = FieldPath.join(second.path());
        String line = line(first.node().at(), second.node().at());
        if (first.insideOr() != second.insideOr()) {
            report(
                    second,
                    name + " both inside and outside $or (the other on " + line + ")",
                    "each field in one place: it could not be told whether one list replaces or narrows the other");
        } else {
            report(
                    second,
                    name + " for the second time (first on " + line + ")",
                    "each field once; [{all: [...]}] asks several things of one value");
        }
    }

    private void reportNested(Part.Field value, Part.Field nested) {
        report(
                nested,
                "fields of " + FieldPath.join(value.path()) + ", of which a value is asked on "
                        + line(value.node().at(), nested.node().at()),
                "either a list of values or nested fields");
    }

    private static String line(Location of, Location seenFrom) {
        return of.line() == seenFrom.line() ? "the same line" : "line " + of.line();
    }

    /** The same two fields meet in many combinations of {@code $or}, and are one mistake. */
    private void report(Part.Field field, String found, String expected) {
        if (reported.add(field.node())) {
            problems.add(field.node(), found, expected);
        }
    }

    private static FieldTree tree(List<String> path, Draft draft, List<FieldTree.Leaf> wholes) {
        Part.Field field = draft.field;
        if (field != null) {
            boolean ofWhole = field.alternatives().acceptAbsence()
                    || !field.alternatives().ofAllValues().isEmpty();
            FieldTree.Leaf leaf = new FieldTree.Leaf(path, field.alternatives(), ofWhole ? wholes.size() : -1);
            if (ofWhole) {
                wholes.add(leaf);
            }
            return leaf;
        }
        List<String> names = new ArrayList<>();
        List<FieldTree> children = new ArrayList<>();
        draft.below.forEach((name, below) -> {
            List<String> longer = new ArrayList<>(path);
            longer.add(name);
            names.add(name);
            children.add(tree(longer, below, wholes));
        });
        return new FieldTree.Fields(path, names, children);
    }

    private static final class Draft {
        private final Map<String, Draft> below = new LinkedHashMap<>();
        private Part.@Nullable Field field;

        Part.Field anyField() {
            Part.Field own = field;
            return own != null ? own : below.values().iterator().next().anyField();
        }
    }
}
