package dev.weft.filter.sql;

import org.jspecify.annotations.Nullable;

/**
 * Why an expression has no value of its own, as section 3.3 of the specification sorts errors. Evaluation ends with the
 * first one.
 *
 * @param about what the words are about
 * @param value what the failing operation returns beside the error, where it is not the zero of its type
 */
public record Failure(
        Kind kind, Object about, String words, @Nullable Object value) {

    /** The errors of the specification that can occur while an expression is evaluated. */
    public enum Kind {
        MATH,
        CAST,
        MISSING_ATTRIBUTE,
        FUNCTION_EVALUATION
    }

    static Failure missing(String attribute) {
        return new Failure(Kind.MISSING_ATTRIBUTE, attribute, "missing attribute ", null);
    }

    static Failure math(String what) {
        return new Failure(Kind.MATH, what, "", null);
    }

    static Failure cast(Object value, String expected) {
        return new Failure(Kind.CAST, value, expected, null);
    }

    static Failure function(String what, @Nullable Object value) {
        return new Failure(Kind.FUNCTION_EVALUATION, what, "", value);
    }

    /** Returns the failure in words: {@code missing attribute region}. They are put together only when asked for. */
    @Override
    public String toString() {
        return kind == Kind.CAST ? SqlText.literal(about) + " is not " + words : words + about;
    }
}
