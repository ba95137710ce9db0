package dev.weft.filter.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes an expression apart into words, numbers, texts and signs. Whether they make sense is the parser's business. */
final class Tokenizer {

    /** Longer signs first. */
    private static final List<String> SIGNS =
            List.of("!=", "<>", "<=", ">=", "=", "<", ">", "+", "-", "*", "/", "%", "(", ")", ",");

    private static final int LONGEST_SHOWN = 20;

    private final String text;
    private int at;

    private Tokenizer(String text) {
        this.text = text;
    }

    static List<Token> tokens(String text) throws SqlMistake {
        Tokenizer tokenizer = new Tokenizer(text);
        List<Token> tokens = new ArrayList<>();
        do {
            tokens.add(tokenizer.next());
        } while (tokens.get(tokens.size() - 1).kind() != Token.Kind.END);
        return tokens;
    }

    /** Returns where in the expression a character stands, as an editor counts. */
    static String place(String text, int at) {
        int line = 1;
        int lineStart = 0;
        for (int i = 0; i < at; i++) {
            if (text.charAt(i) == '\n') {
                line++;
                lineStart = i + 1;
            }
        }
        int column = text.codePointCount(lineStart, at) + 1;
        return text.indexOf('\n') < 0 ? "character " + column : "line " + line + ", character " + column;
    }

    private Token next() throws SqlMistake {
        int behindLast = at;
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        if (at == text.length()) {
            return new Token(Token.Kind.END, "", behindLast, behindLast);
        }
        char c = text.charAt(at);
        if (c == '\'' || c == '"') {
            return quoted(c);
        }
        return isOfWord(c) ? word() : sign();
    }

    private static boolean isOfWord(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    }

    private Token word() {
        int from = at;
        boolean digits = true;
        while (at < text.length() && isOfWord(text.charAt(at))) {
            digits &= text.charAt(at) <= '9';
            at++;
        }
        return new Token(digits ? Token.Kind.NUMBER : Token.Kind.WORD, text.substring(from, at), from, at);
    }

    private Token sign() throws SqlMistake {
        for (String sign : SIGNS) {
            if (text.startsWith(sign, at)) {
                at += sign.length();
                return new Token(Token.Kind.SIGN, sign, at - sign.length(), at);
            }
        }
        String character = text.substring(at, text.offsetByCodePoints(at, 1));
        throw new SqlMistake(
                place(text, at),
                "\"" + character + "\"",
                "an attribute, a number, text in quotes or an operator",
                Optional.empty(),
                false);
    }

    /** A backslash keeps the next character from ending the text; it is dropped only before the quote itself. */
    private Token quoted(char quote) throws SqlMistake {
        int from = at++;
        StringBuilder value = new StringBuilder();
        while (at < text.length() && text.charAt(at) != quote) {
            char c = text.charAt(at++);
            if (c == '\\' && at < text.length()) {
                char next = text.charAt(at++);
                value.append(next == quote ? "" : "\\").append(next);
            } else {
                value.append(c);
            }
        }
        if (at == text.length()) {
            throw new SqlMistake(
                    place(text, from),
                    "text that does not end: " + text.substring(from, Math.min(text.length(), from + LONGEST_SHOWN)),
                    "the closing " + quote,
                    Optional.empty(),
                    false);
        }
        at++;
        if (at < text.length() && text.charAt(at) == quote) {
            throw new SqlMistake(
                    place(text, at),
                    "a second " + quote,
                    "an operator; within text a quote is written \\" + quote,
                    Optional.empty(),
                    false);
        }
        return new Token(Token.Kind.TEXT, value.toString(), from, at);
    }
}
