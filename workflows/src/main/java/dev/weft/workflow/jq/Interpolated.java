package dev.weft.workflow.jq;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A piece of a text that has expressions in it: plain, or what stands between <code>${</code> and its brace.
 *
 * @param text the piece, without the dollar sign and the braces of an expression
 */
record Interpolated(String text, boolean isExpression) {

    private static final String OPEN = "${";

    /** Returns the expression that the text is as a whole. */
    static Optional<String> whole(String text) {
        String stripped = text.strip();
        boolean opens = stripped.startsWith(OPEN);
        return opens && end(stripped, OPEN.length()) == stripped.length() - 1
                ? Optional.of(stripped.substring(OPEN.length(), stripped.length() - 1))
                : Optional.empty();
    }

    /** Returns the pieces of the text; nothing if an expression in it does not end. */
    static Optional<List<Interpolated>> parts(String text) {
        List<Interpolated> parts = new ArrayList<>();
        int from = 0;
        for (int open = text.indexOf(OPEN); open >= 0; open = text.indexOf(OPEN, from)) {
            int end = end(text, open + OPEN.length());
            if (end < 0) {
                return Optional.empty();
            }
            if (open > from) {
                parts.add(new Interpolated(text.substring(from, open), false));
            }
            parts.add(new Interpolated(text.substring(open + OPEN.length(), end), true));
            from = end + 1;
        }
        if (from < text.length()) {
            parts.add(new Interpolated(text.substring(from), false));
        }
        return Optional.of(parts);
    }

    /** Returns one expression that says the same as the pieces do. */
    static String asOneExpression(List<Interpolated> parts) {
        StringBuilder whole = new StringBuilder("${ \"");
        for (Interpolated part : parts) {
            whole.append(
                    part.isExpression()
                            ? "\\(" + part.text().strip() + ")"
                            : part.text().replace("\\", "\\\\").replace("\"", "\\\""));
        }
        return whole.append("\" }").toString();
    }

    /** Returns where the bracket closes inside of which {@code from} stands, or -1. Texts may hold any brackets. */
    private static int end(String text, int from) {
        int depth = 0;
        for (int i = from; i < text.length() && i >= 0; i++) {
            switch (text.charAt(i)) {
                case '{', '(', '[' -> depth++;
                case '}', ')', ']' -> {
                    if (depth == 0) {
                        return i;
                    }
                    depth--;
                }
                case '"' -> {
                    i = endOfText(text, i + 1);
                    if (i < 0) {
                        return -1;
                    }
                }
                default -> {}
            }
        }
        return -1;
    }

    private static int endOfText(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            if (text.charAt(i) == '"') {
                return i;
            }
            if (text.startsWith("\\(", i)) {
                i = end(text, i + 2);
                if (i < 0) {
                    return -1;
                }
            } else if (text.charAt(i) == '\\') {
                i++;
            }
        }
        return -1;
    }
}
