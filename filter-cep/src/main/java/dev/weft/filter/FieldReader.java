package dev.weft.filter;

import dev.weft.config.Nearest;
import dev.weft.config.Node;
import dev.weft.config.Problem;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import dev.weft.config.Sequence;
import dev.weft.event.AttributeRules;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the operand of {@code field}: a sign, and the other field. */
final class FieldReader {

    private static final String SHAPE = "a list such as [\">\", data.limit]";
    private static final String PAYLOAD = "data";
    private static final List<String> SIGNS =
            Stream.of(FieldComparison.Sign.values()).map(Object::toString).toList();
    private static final Map<String, String> OFTEN_MEANT = Map.of("==", "=", "=>", ">=", "=<", "<=", "<>", "!=");

    private final Problems problems;
    private final boolean attribute;

    /** @param attribute whether the comparing field is an attribute */
    FieldReader(Problems problems, boolean attribute) {
        this.problems = problems;
        this.attribute = attribute;
    }

    @Nullable
    Condition read(Node operand) {
        if (!(operand instanceof Sequence list) || list.items().size() != 2) {
            problems.add(operand, operand.described(), SHAPE);
            return null;
        }
        FieldComparison.Sign sign = sign(list.items().get(0));
        List<String> path = path(list.items().get(1));
        return sign == null || path == null ? null : new FieldComparison(sign, path);
    }

    private FieldComparison.@Nullable Sign sign(Node node) {
        String typed = node instanceof Scalar scalar ? scalar.text() : "";
        for (FieldComparison.Sign sign : FieldComparison.Sign.values()) {
            if (sign.toString().equals(typed)) {
                return sign;
            }
        }
        problems.add(new Problem(
                node.at(),
                node.path(),
                node.described(),
                Nearest.list(SIGNS),
                Optional.ofNullable(OFTEN_MEANT.get(typed))));
        return null;
    }

    private @Nullable List<String> path(Node node) {
        List<String> names = names(node);
        boolean isField = names != null
                && !names.contains("")
                && (names.get(0).equals(PAYLOAD) || names.size() == 1 && AttributeRules.isName(names.get(0)));
        if (names == null || !isField) {
            problems.add(
                    node,
                    node.described(),
                    "the name of an attribute, or data and names of fields joined by dots, such as data.limit");
            return null;
        }
        if (attribute && names.get(0).equals(PAYLOAD)) {
            problems.add(
                    node,
                    node.described() + ", a field of the payload, compared with an attribute",
                    "an attribute; what compares with the payload is written there: data: {limit: [{field: [\"<\", type]}]}");
            return null;
        }
        return names;
    }

    private static @Nullable List<String> names(Node node) {
        if (node instanceof Scalar scalar && scalar.value() instanceof String text) {
            try {
                return FieldPath.split(text);
            } catch (IllegalArgumentException e) {
                return null; // what is wrong with its backslashes is no better said than what it should be
            }
        }
        return null;
    }
}
