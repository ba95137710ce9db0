package dev.weft.filter;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * A wildcard pattern: {@code *} stands for any text, also none; {@code \*} and {@code \\} are the characters
 * themselves; all else is literal. Two are equal when their patterns are.
 */
public final class Glob implements Serializable {

    /*
     * The literal pieces between the stars are looked for from left to right, each at its first place after the one
     * before: an earlier place leaves more text for the rest, so no other place need be tried. The first and the last
     * piece are tied to the ends. Long pieces are searched by Knuth, Morris and Pratt's method, so a match looks at each
     * character a limited number of times, whatever the pattern.
     */

    /** To this length, comparing at each place is fast and no slower than so many times the text's length. */
    private static final int SHORT = 16;

    private final String pattern;
    private final String start;
    private final List<Piece> middle;
    private final String end;
    private final boolean literal;

    private Glob(String pattern, List<String> pieces) {
        this.pattern = pattern;
        this.literal = pieces.size() == 1;
        this.start = pieces.get(0);
        this.end = literal ? "" : pieces.get(pieces.size() - 1);
        this.middle = literal
                ? List.of()
                : pieces.subList(1, pieces.size() - 1).stream().map(Piece::of).toList();
    }

    /**
     * Returns the pattern.
     *
     * @throws IllegalArgumentException if it holds two stars in a row, or a backslash before anything but a star or a
     *     backslash; the message says which and where, ready to stand after the word "found"
     */
    public static Glob of(String pattern) {
        List<String> pieces = new ArrayList<>();
        StringBuilder piece = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '\\') {
                piece.append(escaped(pattern, ++i));
            } else if (c == '*') {
                if (i > 0 && piece.isEmpty() && !pieces.isEmpty()) {
                    throw new IllegalArgumentException("\"**\" at character " + i);
                }
                pieces.add(piece.toString());
                piece.setLength(0);
            } else {
                piece.append(c);
            }
        }
        pieces.add(piece.toString());
        return new Glob(pattern, pieces);
    }

    private static char escaped(String pattern, int at) {
        if (at == pattern.length()) {
            throw new IllegalArgumentException("a backslash at the end");
        }
        char c = pattern.charAt(at);
        if (c != '*' && c != '\\') {
            throw new IllegalArgumentException("\"\\" + c + "\" at character " + at);
        }
        return c;
    }

    /** Returns the pattern as the rule writes it. */
    public String pattern() {
        return pattern;
    }

    /** Returns whether the pattern has no star, so that only {@link #start} is like it. */
    boolean isLiteral() {
        return literal;
    }

    /** Returns what every text like the pattern starts with. */
    String start() {
        return start;
    }

    /** Returns what every text like the pattern ends with, if the pattern has a star. */
    String end() {
        return end;
    }

    /** Returns the longest literal between two stars; empty if there is none. */
    String longestInside() {
        String longest = "";
        for (Piece piece : middle) {
            longest = piece.literal.length() > longest.length() ? piece.literal : longest;
        }
        return longest;
    }

    /** Returns whether the whole text is like the pattern. */
    public boolean matches(String text) {
        if (literal) {
            return text.equals(start);
        }
        int last = text.length() - end.length();
        if (last < start.length() || !text.startsWith(start) || !text.endsWith(end)) {
            return false;
        }
        int from = start.length();
        for (int i = 0; i < middle.size(); i++) {
            from = middle.get(i).endOfFirstIn(text, from, last);
            if (from < 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Glob that && pattern.equals(that.pattern);
    }

    @Override
    public int hashCode() {
        return pattern.hashCode();
    }

    @Override
    public String toString() {
        return pattern;
    }

    /** A literal with, for each of its beginnings, the length of the longest shorter beginning that ends it. */
    private static final class Piece implements Serializable {
        private final String literal;
        private final int[] fallback;

        private Piece(String literal, int[] fallback) {
            this.literal = literal;
            this.fallback = fallback;
        }

        static Piece of(String literal) {
            int[] fallback = new int[literal.length()];
            int matched = 0;
            for (int i = 1; i < literal.length(); i++) {
                while (matched > 0 && literal.charAt(i) != literal.charAt(matched)) {
                    matched = fallback[matched - 1];
                }
                if (literal.charAt(i) == literal.charAt(matched)) {
                    matched++;
                }
                fallback[i] = matched;
            }
            return new Piece(literal, fallback);
        }

        /** Returns where the first occurrence within {@code [from, to)} ends, or -1 if there is none. */
        int endOfFirstIn(String text, int from, int to) {
            if (literal.length() <= SHORT) {
                int at = text.indexOf(literal, from);
                return at < 0 || at + literal.length() > to ? -1 : at + literal.length();
            }
            int matched = 0;
            for (int i = from; i < to; i++) {
                char c = text.charAt(i);
                while (matched > 0 && c != literal.charAt(matched)) {
                    matched = fallback[matched - 1];
                }
                if (c == literal.charAt(matched)) {
                    matched++;
                }
                if (matched == literal.length()) {
                    return i + 1;
                }
            }
            return -1;
        }
    }
}
