package dev.weft.job.imports;

import dev.weft.config.Mapping;
import dev.weft.config.Node;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import dev.weft.config.Sequence;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The lists at the fields of an EventMesh condition. */
final class EventMeshAlternatives {

    private static final List<String> OPERATORS = List.of("prefix", "suffix", "anything-but", "numeric", "exists");
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d+)?");
    private static final Pattern PART_OF_A_NUMBER = Pattern.compile("[-+0-9.eE]*");

    private final boolean attribute;
    private final Notes notes;
    private final Problems problems;

    /** @param attribute whether the field is an attribute, which is text */
    EventMeshAlternatives(boolean attribute, Notes notes, Problems problems) {
        this.attribute = attribute;
        this.notes = notes;
        this.problems = problems;
    }

    Sequence list(Sequence list) {
        List<Node> items = new ArrayList<>();
        for (Node item : list.items()) {
            if (item instanceof Scalar scalar) {
                items.add(literal(scalar));
            } else if (item instanceof Mapping mapping) {
                items.addAll(operator(mapping));
            } else {
                items.add(item);
            }
        }
        return Placed.at(list).list(items);
    }

    private Node literal(Scalar literal) {
        Object value = literal.value();
        if (value == null || "null".equals(value)) {
            notes.changed(
                    literal, "EventMesh also takes a field that is missing for null, by name or not; here it is not");
            return value == null && attribute
                    ? Placed.at(literal).only("exists", Placed.at(literal).flag(false))
                    : literal;
        }
        if (attribute) {
            return value instanceof String ? literal : Placed.at(literal).text(literal.text());
        }
        if (value instanceof String text
                && (NUMBER.matcher(text).matches() || text.equals("true") || text.equals("false"))) {
            notes.changed(
                    literal,
                    "matches the text only; EventMesh compares text, so \"5\" is also the number 5: to keep that, write both in the list");
        } else if (value instanceof BigDecimal) {
            notes.changed(
                    literal,
                    "matches numbers by value, 5 and 5.0; EventMesh compares text, so 5 is also \"5\" and not 5.0: to keep that, write both in the list");
        } else if (value instanceof Boolean) {
            notes.changed(
                    literal,
                    "matches the boolean only; EventMesh compares text, so true is also \"true\": to keep that, write both in the list");
        }
        return literal;
    }

    private List<Node> operator(Mapping mapping) {
        if (mapping.members().size() > 1) {
            notes.lost(
                    mapping,
                    "several operators in one mapping: EventMesh asks the first and ignores the rest; write those that are"
                            + " meant, as {all: [{prefix: a}, {suffix: z}]} if it is all of them");
            return List.of(mapping);
        }
        if (mapping.members().isEmpty()) {
            return List.of(mapping);
        }
        String name = mapping.names().iterator().next();
        Node operand = mapping.members().values().iterator().next();
        switch (name) {
            case "prefix", "suffix":
                affix(operand);
                return List.of(mapping);
            case "exists":
                notes.changed(
                        mapping,
                        "asks whether the field is there; for EventMesh {exists: true} is always so, and {exists: false} never");
                return List.of(mapping);
            case "numeric":
                notes.changed(mapping, "matches numbers only; EventMesh also lets pass what is missing or no number");
                return List.of(numeric(mapping, operand));
            case "anything-but":
                return anythingBut(mapping, operand);
            default:
                problems.addUnknown(mapping.keyAt(name), operand.path(), "operator", name, OPERATORS);
                return List.of(mapping);
        }
    }

    private void affix(Node operand) {
        boolean ofOtherTypes = operand instanceof Scalar scalar
                && scalar.value() instanceof String text
                && (PART_OF_A_NUMBER.matcher(text).matches()
                        || Stream.of("true", "false", "null").anyMatch(it -> it.startsWith(text) || it.endsWith(text)));
        if (!attribute && ofOtherTypes) {
            notes.changed(
                    operand,
                    "matches text only; EventMesh also looks at numbers, true, false and null as they are written");
        }
    }

    /** EventMesh takes pairs of a comparison and a number, any number of them, and {@code !=} too. */
    private Node numeric(Mapping mapping, Node operand) {
        Placed placed = Placed.at(mapping);
        if (!(operand instanceof Sequence list)
                || list.items().size() < 2
                || list.items().size() % 2 != 0) {
            return mapping;
        }
        boolean unequal = false;
        List<Node> each = new ArrayList<>();
        for (int i = 0; i < list.items().size(); i += 2) {
            Node sign = list.items().get(i);
            Node number = list.items().get(i + 1);
            boolean not = sign instanceof Scalar scalar && "!=".equals(scalar.value());
            unequal |= not;
            each.add(
                    not
                            ? placed.only("anything-but", number)
                            : placed.only("numeric", placed.list(List.of(sign, number))));
        }
        boolean asItIs = !unequal && (each.size() == 1 || each.size() == 2 && isRange(list));
        return asItIs ? mapping : each.size() == 1 ? each.get(0) : placed.only("all", placed.list(each));
    }

    private static boolean isRange(Sequence list) {
        return startsWith(list.items().get(0), ">") && startsWith(list.items().get(2), "<")
                || startsWith(list.items().get(0), "<")
                        && startsWith(list.items().get(2), ">");
    }

    private static boolean startsWith(Node sign, String start) {
        return sign instanceof Scalar scalar && scalar.text().startsWith(start);
    }

    private List<Node> anythingBut(Mapping mapping, Node operand) {
        Placed placed = Placed.at(mapping);
        notes.changed(mapping, "written with {exists: false} beside it, as EventMesh lets a missing field pass");
        Node excluded = operand;
        if (!(operand instanceof Mapping)) {
            List<Node> values = operand instanceof Sequence list ? list.items() : List.of(operand);
            boolean texts =
                    values.stream().allMatch(it -> it instanceof Scalar scalar && scalar.value() instanceof String);
            boolean numbers =
                    values.stream().allMatch(it -> it instanceof Scalar scalar && scalar.value() instanceof BigDecimal);
            if (attribute) {
                excluded = placed.texts(values.stream()
                        .map(it -> it instanceof Scalar scalar ? scalar.text() : it.described())
                        .toList());
            } else if (!texts && !numbers) {
                notes.lost(operand, "anything-but takes texts or numbers here, and not both");
            } else {
                notes.changed(
                        operand,
                        "excludes values of its own type; EventMesh compares text, so \"5\" excludes the number 5 too");
            }
        }
        return List.of(placed.only("exists", placed.flag(false)), placed.only("anything-but", excluded));
    }
}
