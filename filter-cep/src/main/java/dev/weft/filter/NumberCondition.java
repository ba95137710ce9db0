package dev.weft.filter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Collections;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a rule asks of a number. Numbers are compared by value and exactly, so {@code 1.0} equals {@code 1}. Of an
 * attribute, which is text, the number is what the text says if it is written as JSON writes numbers.
 */
public sealed interface NumberCondition extends Condition {

    /** Returns whether the number is what is asked for. */
    boolean matchesNumber(BigDecimal number);

    @Override
    default boolean matches(JsonNode value) {
        BigDecimal number = JsonNumber.of(value);
        return number != null && matchesNumber(number);
    }

    @Override
    default boolean matchesText(String attribute) {
        BigDecimal number = JsonNumber.parse(attribute);
        return number != null && matchesNumber(number);
    }

    /** One or more number literals: the number is one of them. */
    record NumberIn(NavigableSet<BigDecimal> numbers) implements NumberCondition {

        /** Returns the condition for these literals. */
        static NumberIn of(Collection<BigDecimal> numbers) {
            return new NumberIn(new TreeSet<>(numbers));
        }

        public NumberIn {
            numbers = Collections.unmodifiableNavigableSet(new TreeSet<>(numbers));
        }

        @Override
        public boolean matchesNumber(BigDecimal number) {
            return numbers.contains(number);
        }

        @Override
        public String words() {
            String all = numbers.stream().map(BigDecimal::toString).collect(Collectors.joining(", "));
            return numbers.size() == 1 ? "is the number " + all : "is one of the numbers " + all;
        }

        @Override
        public void writeTo(ArrayNode alternatives) {
            numbers.forEach(number -> alternatives.add(JsonNumber.node(number)));
        }
    }

    /** {@code {numeric: ["=", n]}}: of a payload's field the same as the literal {@code n}. */
    record NumberIs(BigDecimal wanted) implements NumberCondition {

        @Override
        public boolean matchesNumber(BigDecimal number) {
            return wanted.compareTo(number) == 0;
        }

        @Override
        public String words() {
            return "is the number " + wanted;
        }

        @Override
        public void writeTo(ArrayNode alternatives) {
            alternatives.addObject().putArray("numeric").add("=").add(JsonNumber.node(wanted));
        }
    }

    /** {@code {numeric: [">", 0, "<=", 5]}}; at least one bound is there, and the lower is below the upper. */
    record NumberRange(@Nullable Bound lower, @Nullable Bound upper) implements NumberCondition {

        /** One end of a range, part of it when {@code inclusive}. */
        public record Bound(BigDecimal at, boolean inclusive) implements Serializable {}

        public NumberRange {
            if (lower == null && upper == null) {
                throw new IllegalArgumentException("a range without bounds");
            }
            if (lower != null && upper != null && lower.at().compareTo(upper.at()) >= 0) {
                throw new IllegalArgumentException("empty range: " + lower.at() + " is not below " + upper.at());
            }
        }

        @Override
        public boolean matchesNumber(BigDecimal number) {
            return isAboveLower(number) && isBelowUpper(number);
        }

        private boolean isAboveLower(BigDecimal number) {
            if (lower == null) {
                return true;
            }
            int order = number.compareTo(lower.at());
            return order > 0 || (order == 0 && lower.inclusive());
        }

        private boolean isBelowUpper(BigDecimal number) {
            if (upper == null) {
                return true;
            }
            int order = number.compareTo(upper.at());
            return order < 0 || (order == 0 && upper.inclusive());
        }

        @Override
        public String words() {
            String from = lower == null ? "" : comparison(">", lower) + " " + lower.at();
            String to = upper == null ? "" : comparison("<", upper) + " " + upper.at();
            return "is " + from + (lower != null && upper != null ? " and " : "") + to;
        }

        @Override
        public void writeTo(ArrayNode alternatives) {
            ArrayNode operands = alternatives.addObject().putArray("numeric");
            if (lower != null) {
                operands.add(comparison(">", lower)).add(JsonNumber.node(lower.at()));
            }
            if (upper != null) {
                operands.add(comparison("<", upper)).add(JsonNumber.node(upper.at()));
            }
        }

        private static String comparison(String strict, Bound bound) {
            return bound.inclusive() ? strict + "=" : strict;
        }
    }
}
