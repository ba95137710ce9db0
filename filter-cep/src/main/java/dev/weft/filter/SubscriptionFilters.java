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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the filter dialects of the CloudEvents Subscriptions API, 3.2.4: {@code exact}, {@code prefix}, {@code suffix},
 * {@code all}, {@code any}, {@code not} and {@code sql}, which Knative calls {@code cesql}.
 *
 * <p>The specification leaves open what a dialect says of an attribute that the event lacks: here it is false, so that
 * its {@code not} is true.
 */
final class SubscriptionFilters {

    private static final List<String> DIALECTS = List.of("exact", "prefix", "suffix", "all", "any", "not", "sql");
    private static final int DEEPEST = 100;
    private static final int MOST_FILTERS = 10_000;

    private final Problems problems;
    private final SqlReader sql;

    /** @param mostSqlCombinations into how many each CESQL expression may be multiplied out for the index's sake */
    SubscriptionFilters(Problems problems, int mostSqlCombinations) {
        this.problems = problems;
        this.sql = new SqlReader(problems, mostSqlCombinations);
    }

    /** Returns what the list asks, all of it together; null if there was a problem. */
    @Nullable
    Formula read(Node filters) {
        return list(filters, 1, Formula::all);
    }

    private @Nullable Formula list(Node node, int depth, Function<List<Formula>, Formula> joined) {
        if (!(node instanceof Sequence list) || list.items().isEmpty()) {
            problems.add(node, node.described(), "a list of at least one filter such as {prefix: {type: shop.}}");
            return null;
        }
        if (list.items().size() > MOST_FILTERS) {
            problems.add(node, "a list of " + list.items().size(), "at most " + MOST_FILTERS + " filters");
            return null;
        }
        List<Formula> parts = new ArrayList<>();
        for (Node item : list.items()) {
            Formula part = filter(item, depth);
            if (part != null) {
                parts.add(part);
            }
        }
        return parts.size() == list.items().size() ? joined.apply(parts) : null;
    }

    private @Nullable Formula filter(Node node, int depth) {
        if (depth > DEEPEST) {
            problems.add(node, "more than " + DEEPEST + " levels", "a filter that is not nested as deeply");
            return null;
        }
        if (!(node instanceof Mapping mapping) || mapping.members().size() != 1) {
            problems.add(
                    node,
                    node instanceof Mapping several && !several.members().isEmpty()
                            ? several.members().size() + " keys in one filter: " + String.join(", ", several.names())
                            : node.described(),
                    node instanceof Mapping
                            ? "one dialect in each filter; a list of filters asks for all of them"
                            : "a filter such as {prefix: {type: shop.}}");
            return null;
        }
        String dialect = mapping.names().iterator().next();
        Node operand = mapping.members().values().iterator().next();
        return switch (dialect) {
            case "exact" -> attributes(operand, text -> TextCondition.TextIn.exactly(Set.of(text)));
            case "prefix" -> attributes(operand, TextCondition.Prefix::new);
            case "suffix" -> attributes(operand, TextCondition.Suffix::new);
            case "all" -> list(operand, depth + 1, Formula::all);
            case "any" -> list(operand, depth + 1, Formula::any);
            case "not" -> not(operand, depth + 1);
            case "sql", "cesql" -> sql.read(operand);
            default -> {
                problems.addUnknown(mapping.keyAt(dialect), operand.path(), "dialect", dialect, DIALECTS);
                yield null;
            }
        };
    }

    private @Nullable Formula not(Node operand, int depth) {
        if (operand instanceof Sequence) {
            problems.add(operand, operand.described(), "one filter; for several write {not: {any: [...]}}");
            return null;
        }
        Formula filter = filter(operand, depth);
        return filter == null ? null : filter.negated();
    }

    private @Nullable Formula attributes(Node operand, Function<String, Condition> asked) {
        if (!(operand instanceof Mapping mapping) || mapping.members().isEmpty()) {
            problems.add(
                    operand, operand.described(), "attributes with the text that is asked for: {type: shop.order}");
            return null;
        }
        List<Formula> tests = new ArrayList<>();
        for (Map.Entry<String, Node> member : mapping.members().entrySet()) {
            boolean named = isAttribute(member.getKey(), mapping.keyAt(member.getKey()), member.getValue());
            String text = text(member.getValue());
            if (named && text != null) {
                tests.add(new Formula.Test(member.getKey(), asked.apply(text)));
            }
        }
        return tests.size() == mapping.members().size() ? Formula.all(tests) : null;
    }

    private boolean isAttribute(String name, Location at, Node value) {
        if (!name.isEmpty() && !name.equals("data") && PatternReader.isAttributeName(name)) {
            return true;
        }
        problems.add(new Problem(
                at,
                value.path(),
                name.equals("data") ? "the payload" : "\"" + name + "\"",
                name.equals("data")
                        ? "an attribute's name: these filters see no payload, the event pattern of where does"
                        : "an attribute's name (lower-case letters and digits)",
                name.equals("data") ? Optional.empty() : Nearest.to(name, PatternReader.ATTRIBUTES)));
        return false;
    }

    private @Nullable String text(Node node) {
        if (node instanceof Scalar scalar && scalar.value() instanceof String text && !text.isEmpty()) {
            return text;
        }
        problems.add(
                node,
                node.described(),
                node instanceof Scalar scalar && scalar.value() != null && !(scalar.value() instanceof String)
                        ? "text, as every attribute is: \"" + scalar.text() + "\" in quotes"
                        : "text that is not empty");
        return null;
    }
}
