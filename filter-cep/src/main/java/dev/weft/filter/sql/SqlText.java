package dev.weft.filter.sql;

import java.util.List;
import java.util.Locale;

/** Expressions as they are written. */
final class SqlText {

    private static final int LONGEST_SHOWN = 80;

    private SqlText() {}

    /** Returns a value as a literal of the language, cut if it is long. */
    static String literal(Object value) {
        String text = value.toString();
        if (!(value instanceof String)) {
            return value instanceof Boolean ? text.toUpperCase(Locale.ROOT) : text;
        }
        String shown = text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "...";
        return quoted(shown);
    }

    static String quoted(String text) {
        boolean isDouble = breaks(text, '\'') || (text.indexOf('\'') >= 0 && text.indexOf('"') < 0);
        String quote = isDouble ? "\"" : "'";
        return quote + text.replace(quote, "\\" + quote) + quote;
    }

    /** Whether a backslash stands before a quote already, where one that escapes it would make a pair with it. */
    private static boolean breaks(String text, char quote) {
        for (int i = 0; i + 1 < text.length(); i++) {
            if (text.charAt(i) == '\\' && text.charAt(++i) == quote) {
                return true;
            }
        }
        return false;
    }

    /** Appends an operand, in parentheses if its operator binds less tightly than it must to stand here. */
    static void operand(SqlNode node, int tightness, StringBuilder into) {
        append(node, node.tightness() < tightness, into);
    }

    /** As {@link #operand}; NOT binds more tightly than all comparison, which few expect, so it is shown. */
    static void compared(SqlNode node, int tightness, StringBuilder into) {
        append(node, node.tightness() < tightness || node instanceof Logic.Not, into);
    }

    private static void append(SqlNode node, boolean apart, StringBuilder into) {
        into.append(apart ? "(" : "");
        node.writeTo(into);
        into.append(apart ? ")" : "");
    }

    static void list(List<SqlNode> nodes, StringBuilder into) {
        into.append('(');
        for (int i = 0; i < nodes.size(); i++) {
            into.append(i == 0 ? "" : ", ");
            nodes.get(i).writeTo(into);
        }
        into.append(')');
    }
}
