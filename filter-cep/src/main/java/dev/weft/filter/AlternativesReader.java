package dev.weft.filter;

import dev.weft.config.Mapping;
import dev.weft.config.Node;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import dev.weft.config.Sequence;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the list that stands at a field: literals and operators. */
final class AlternativesReader {

    static final List<String> OPERATORS = List.of(
            "exactly",
            "prefix",
            "suffix",
            "equals-ignore-case",
            "wildcard",
            "anything-but",
            "numeric",
            "exists",
            "cidr",
            "all",
            "regex",
            "contains-all",
            "topic",
            "field");

    private static final List<String> NOT_IN_ALL = List.of("exists", "all", "contains-all");
    private static final List<String> NOT_IN_CONTAINS_ALL = List.of("exists", "contains-all", "field");

    private static final int MOST_ALTERNATIVES = 10_000;

    private final Problems problems;
    private final boolean attribute;
    private final TextOperators texts;
    private final NumericReader numeric;

    /** @param attribute whether the field is an attribute, which is text and never null */
    AlternativesReader(Problems problems, boolean attribute) {
        this.problems = problems;
        this.attribute = attribute;
        this.texts = new TextOperators(problems);
        this.numeric = new NumericReader(problems);
    }

    /** Returns the alternatives; null if there was a problem. */
    @Nullable
    Alternatives read(Sequence list) {
        List<Condition> conditions = conditions(list);
        return conditions == null ? null : new Alternatives(conditions);
    }

    private @Nullable List<Condition> conditions(Sequence list) {
        if (isRefusedForItsSize(list)) {
            return null;
        }
        int before = problems.count();
        Literals literals = new Literals();
        List<Condition> operators = new ArrayList<>();
        for (Node item : list.items()) {
            if (item instanceof Scalar scalar) {
                literal(scalar, literals);
            } else if (item instanceof Mapping mapping) {
                Condition condition = operator(mapping);
                if (condition != null) {
                    operators.add(condition);
                }
            } else {
                problems.add(item, item.described(), "a value or an operator such as {prefix: a}");
            }
        }
        if (problems.count() > before) {
            return null;
        }
        List<Condition> all = literals.conditions();
        all.addAll(operators);
        return all;
    }

    private boolean isRefusedForItsSize(Sequence list) {
        if (list.items().isEmpty()) {
            problems.add(list, list.described(), "at least one alternative");
            return true;
        }
        if (list.items().size() > MOST_ALTERNATIVES) {
            problems.add(list, "a list of " + list.items().size(), "at most " + MOST_ALTERNATIVES + " alternatives");
            return true;
        }
        return false;
    }

    /** The literals of one list: texts and numbers are looked up together, however many there are. */
    private static final class Literals {
        private final Set<String> texts = new LinkedHashSet<>();
        private final List<BigDecimal> numbers = new ArrayList<>();
        private final Set<Condition> others = new LinkedHashSet<>();

        List<Condition> conditions() {
            List<Condition> conditions = new ArrayList<>();
            if (!texts.isEmpty()) {
                conditions.add(TextCondition.TextIn.of(texts));
            }
            if (!numbers.isEmpty()) {
                conditions.add(NumberCondition.NumberIn.of(numbers));
            }
            conditions.addAll(others);
            return conditions;
        }
    }

    private void literal(Scalar scalar, Literals into) {
        Object value = scalar.value();
        if (value instanceof String text) {
            into.texts.add(text);
        } else if (attribute) {
            problems.add(
                    scalar,
                    scalar.described(),
                    value == null
                            ? "text: attributes are never null; {exists: false} asks for one that is missing"
                            : "text, as every attribute is: \"" + scalar.text() + "\" in quotes");
        } else if (value instanceof BigDecimal number) {
            into.numbers.add(number);
        } else {
            into.others.add(value instanceof Boolean wanted ? new Condition.BooleanIs(wanted) : new Condition.NullIs());
        }
    }

    private @Nullable Condition operator(Mapping mapping) {
        if (mapping.members().size() != 1) {
            problems.add(
                    mapping,
                    mapping.members().isEmpty()
                            ? mapping.described()
                            : mapping.members().size() + " keys in one mapping: " + String.join(", ", mapping.names()),
                    mapping.members().isEmpty()
                            ? "one operator such as {prefix: a}"
                            : "one operator; {all: [{prefix: a}, {suffix: z}]} asks for several of one value");
            return null;
        }
        String name = mapping.names().iterator().next();
        Node operand = mapping.members().values().iterator().next();
        return switch (name) {
            case "exactly" -> exactly(operand);
            case "prefix" -> texts.prefix(operand);
            case "suffix" -> texts.suffix(operand);
            case "equals-ignore-case" -> texts.equalsIgnoringCase(operand);
            case "wildcard" -> texts.wildcard(operand);
            case "cidr" -> texts.cidr(operand);
            case "anything-but" -> anythingBut(operand);
            case "numeric" -> numeric.read(operand);
            case "exists" -> exists(operand);
            case "all" -> all(operand);
            case "regex" -> texts.regex(operand);
            case "contains-all" -> containsAll(operand);
            case "topic" -> texts.topic(operand);
            case "field" -> new FieldReader(problems, attribute).read(operand);
            default -> {
                problems.addUnknown(mapping.keyAt(name), operand.path(), "operator", name, OPERATORS);
                yield null;
            }
        };
    }

    private @Nullable Condition exactly(Node operand) {
        if (!(operand instanceof Scalar scalar)) {
            problems.add(operand, operand.described(), "one value");
            return null;
        }
        Literals literals = new Literals();
        literal(scalar, literals);
        List<Condition> conditions = literals.conditions();
        return conditions.isEmpty() ? null : conditions.get(0);
    }

    private @Nullable Condition exists(Node operand) {
        if (operand instanceof Scalar scalar && scalar.value() instanceof Boolean exists) {
            return exists ? new Condition.Present() : new Condition.Absent();
        }
        problems.add(operand, operand.described(), "true or false");
        return null;
    }

    private @Nullable Condition all(Node operand) {
        List<Condition> every = every(operand, "all", "a list of operators, all asked of one value");
        return every == null ? null : new Condition.All(every);
    }

    private @Nullable Condition containsAll(Node operand) {
        if (attribute) {
            problems.add(
                    operand,
                    "contains-all of an attribute",
                    "a field of data: an attribute is one value, of which {all: [...]} asks several things");
            return null;
        }
        List<Condition> every = every(operand, "contains-all", "a list of alternatives, each to be found");
        return every == null ? null : new ContainsAll(every.stream().distinct().toList());
    }

    /** Reads a list of which everything must hold. */
    private @Nullable List<Condition> every(Node operand, String operator, String expected) {
        if (!(operand instanceof Sequence list)) {
            problems.add(operand, operand.described(), expected);
            return null;
        }
        for (Node item : list.items()) {
            if (item instanceof Mapping mapping) {
                for (String refused : operator.equals("all") ? NOT_IN_ALL : NOT_IN_CONTAINS_ALL) {
                    if (mapping.get(refused) != null) {
                        problems.add(mapping, refused + " inside " + operator, "operators on a value");
                        return null;
                    }
                }
            }
        }
        List<Condition> every = new ArrayList<>();
        int before = problems.count();
        if (isRefusedForItsSize(list)) {
            return null;
        }
        for (Node item : list.items()) {
            List<Condition> one = conditions(new Sequence(item.at(), item.path(), List.of(item)));
            if (one != null) {
                every.addAll(one);
            }
        }
        return problems.count() > before ? null : every;
    }

    private @Nullable Condition anythingBut(Node operand) {
        List<Condition> excluded =
                operand instanceof Mapping mapping ? excludedByOperator(mapping) : excludedLiterals(operand);
        return excluded == null ? null : new Condition.AnythingBut(excluded);
    }

    private @Nullable List<Condition> excludedByOperator(Mapping mapping) {
        if (mapping.members().size() != 1) {
            problems.add(
                    mapping,
                    mapping.members().isEmpty()
                            ? mapping.described()
                            : mapping.members().size() + " keys in one mapping: " + String.join(", ", mapping.names()),
                    "one operator in anything-but");
            return null;
        }
        String name = mapping.names().iterator().next();
        Node operand = mapping.members().values().iterator().next();
        if (!TextOperators.EXCLUDABLE.contains(name)) {
            problems.addUnknown(
                    mapping.keyAt(name), operand.path(), "anything-but operator", name, TextOperators.EXCLUDABLE);
            return null;
        }
        Sequence list = listOf(operand);
        if (isRefusedForItsSize(list)) {
            return null;
        }
        int before = problems.count();
        List<Condition> excluded = new ArrayList<>();
        for (Node item : list.items()) {
            Condition condition = texts.excluded(name, item);
            if (condition != null) {
                excluded.add(condition);
            }
        }
        return problems.count() > before ? null : excluded;
    }

    private static Sequence listOf(Node operand) {
        return operand instanceof Sequence list ? list : new Sequence(operand.at(), operand.path(), List.of(operand));
    }

    /** Texts or numbers, and not both: EventBridge refuses a mixture, whose meaning people guess differently. */
    private @Nullable List<Condition> excludedLiterals(Node operand) {
        Sequence list = listOf(operand);
        if (isRefusedForItsSize(list)) {
            return null;
        }
        int before = problems.count();
        Literals literals = new Literals();
        for (Node item : list.items()) {
            boolean excludable = item instanceof Scalar scalar
                    && (scalar.value() instanceof String || scalar.value() instanceof BigDecimal);
            if (excludable) {
                literal((Scalar) item, literals);
            } else {
                problems.add(item, item.described(), "a text or a number in anything-but");
            }
        }
        if (problems.count() > before) {
            return null;
        }
        List<Condition> conditions = literals.conditions();
        if (conditions.size() > 1) {
            problems.add(list, "texts and numbers in one anything-but", "either texts or numbers");
            return null;
        }
        return conditions;
    }
}
