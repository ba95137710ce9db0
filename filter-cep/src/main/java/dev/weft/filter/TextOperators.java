package dev.weft.filter;

import dev.weft.config.Mapping;
import dev.weft.config.Node;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the operands of the operators on text. */
final class TextOperators {

    /** The operators that may stand in {@code anything-but}. */
    static final List<String> EXCLUDABLE = List.of("prefix", "suffix", "equals-ignore-case", "wildcard", "regex");

    private static final String IGNORING_CASE = "equals-ignore-case";

    private final Problems problems;

    TextOperators(Problems problems) {
        this.problems = problems;
    }

    @Nullable
    Condition prefix(Node operand) {
        if (operand instanceof Mapping mapping) {
            String text = ignoringCase(mapping);
            return text == null ? null : new TextCondition.PrefixIgnoringCase(FoldedText.of(text));
        }
        String text = text(operand, "prefix");
        return text == null ? null : new TextCondition.Prefix(text);
    }

    @Nullable
    Condition suffix(Node operand) {
        if (operand instanceof Mapping mapping) {
            String text = ignoringCase(mapping);
            return text == null ? null : new TextCondition.SuffixIgnoringCase(FoldedText.of(text));
        }
        String text = text(operand, "suffix");
        return text == null ? null : new TextCondition.Suffix(text);
    }

    @Nullable
    Condition equalsIgnoringCase(Node operand) {
        String text = text(operand, IGNORING_CASE);
        return text == null ? null : new TextCondition.EqualsIgnoringCase(FoldedText.of(text));
    }

    @Nullable
    Condition wildcard(Node operand) {
        String text = text(operand, "wildcard");
        if (text == null) {
            return null;
        }
        try {
            return new TextCondition.Wildcard(Glob.of(text));
        } catch (IllegalArgumentException e) {
            problems.add(operand, e.getMessage() + " in " + Quoted.text(text), "* for any text, \\* or \\\\");
            return null;
        }
    }

    @Nullable
    Condition regex(Node operand) {
        String text = text(operand, "regex");
        if (text == null) {
            return null;
        }
        try {
            return new TextCondition.Regex(Expression.of(text));
        } catch (IllegalArgumentException e) {
            problems.add(
                    operand,
                    e.getMessage() + " in " + Quoted.text(text),
                    "a regular expression of RE2, which has no look-around and no back references");
            return null;
        }
    }

    @Nullable
    Condition topic(Node operand) {
        String text = text(operand, "topic");
        if (text == null) {
            return null;
        }
        try {
            return new TextCondition.Topic(TopicFilter.of(text));
        } catch (IllegalArgumentException e) {
            problems.add(
                    operand,
                    e.getMessage() + " in " + Quoted.text(text),
                    "levels joined by /, each a text or +, the last one also #");
            return null;
        }
    }

    @Nullable
    Condition cidr(Node operand) {
        String text = text(operand, "cidr");
        IpBlock block = text == null ? null : IpBlock.parse(text);
        if (text != null && block == null) {
            problems.add(operand, operand.described(), "a block of IP addresses such as 10.0.0.0/24 or 2001:db8::/32");
        }
        return block == null ? null : new TextCondition.Cidr(block);
    }

    /** Reads one operand of an operator that stands in {@code anything-but}: never empty, and not nested further. */
    @Nullable
    Condition excluded(String operator, Node operand) {
        if (operand instanceof Scalar scalar && "".equals(scalar.value()) && operator.endsWith("fix")) {
            problems.add(operand, "an empty " + operator, "a text: every text has an empty " + operator);
            return null;
        }
        if (operand instanceof Mapping) {
            problems.add(operand, operand.described(), "a text in anything-but");
            return null;
        }
        return switch (operator) {
            case "prefix" -> prefix(operand);
            case "suffix" -> suffix(operand);
            case "wildcard" -> wildcard(operand);
            case "regex" -> regex(operand);
            default -> equalsIgnoringCase(operand);
        };
    }

    private @Nullable String ignoringCase(Mapping mapping) {
        Node operand = mapping.get(IGNORING_CASE);
        if (operand == null || mapping.members().size() != 1) {
            problems.add(mapping, "a mapping of " + String.join(", ", mapping.names()), "{equals-ignore-case: text}");
            return null;
        }
        return text(operand, IGNORING_CASE);
    }

    private @Nullable String text(Node operand, String operator) {
        if (operand instanceof Scalar scalar && scalar.value() instanceof String text) {
            return text;
        }
        problems.add(
                operand,
                operand.described(),
                operand instanceof Scalar
                        ? "a text in quotes"
                        : "one text; for several write [{" + operator + ": a}, {" + operator + ": b}]");
        return null;
    }
}
