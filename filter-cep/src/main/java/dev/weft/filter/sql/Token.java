package dev.weft.filter.sql;

import java.util.Locale;

/**
 * One word or sign of an expression.
 *
 * @param text as it is written; of a text literal what is between the quotes
 * @param from where it begins in the expression
 * @param to where it ends
 */
record Token(Kind kind, String text, int from, int to) {

    enum Kind {
        WORD,
        NUMBER,
        TEXT,
        SIGN,
        END
    }

    /** Returns whether it is that sign, or that word in any case. */
    boolean is(String symbol) {
        return (kind == Kind.SIGN || kind == Kind.WORD) && upper().equals(symbol);
    }

    String upper() {
        return text.toUpperCase(Locale.ROOT);
    }

    String described() {
        return switch (kind) {
            case END -> "the end";
            case TEXT -> "text";
            default -> "\"" + text + "\"";
        };
    }
}
