package dev.weft.filter;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.io.Serializable;

/**
 * A regular expression that a whole text must match. The syntax is that of RE2, which has no look-around and no back
 * references; in exchange a match takes a time proportional to the text's length, whatever the expression. Two are
 * equal when they are written the same.
 */
public final class Expression implements Serializable {

    private static final int LONGEST = 1_000;

    /** Each character of a text costs at most so many steps. */
    private static final int LARGEST_PROGRAM = 500;

    private final String text;
    private final String start;
    private final Pattern pattern;

    private Expression(String text, String start, Pattern pattern) {
        this.text = text;
        this.start = start;
        this.pattern = pattern;
    }

    /**
     * Returns the expression.
     *
     * @throws IllegalArgumentException if it is none, or so large that it could take long; the message says what is
     *     wrong, ready to stand after the word "found"
     */
    public static Expression of(String text) {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "an expression of " + text.length() + " characters; at most " + LONGEST + " are taken");
        }
        // Looked at before it is compiled: of a few characters the compiler would make a program of gigabytes.
        ExpressionScan scan = ExpressionScan.of(text);
        if (scan.mostInstructions() > 4 * LARGEST_PROGRAM) {
            throw tooLarge();
        }
        Pattern pattern = compiled(text);
        if (pattern.programSize() > LARGEST_PROGRAM) {
            throw tooLarge();
        }
        return new Expression(text, scan.start(), pattern);
    }

    private static Pattern compiled(String text) {
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(e.getDescription(), e);
        }
    }

    private static IllegalArgumentException tooLarge() {
        return new IllegalArgumentException("an expression that compiles to more than " + LARGEST_PROGRAM + " steps");
    }

    /** Returns a text that every match starts with; empty if none is known. */
    String start() {
        return start;
    }

    boolean matches(String value) {
        return value.startsWith(start) && pattern.matches(value);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Expression that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** Returns the expression as it was written. */
    @Override
    public String toString() {
        return text;
    }
}
