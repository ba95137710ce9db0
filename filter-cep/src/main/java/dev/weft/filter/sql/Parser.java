package dev.weft.filter.sql;

import dev.weft.config.Nearest;
import dev.weft.filter.sql.Arithmetic.Operator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads an expression by the precedence of its operators, section 3.6 of the specification: NOT and minus bind most
 * tightly, then LIKE, IN, multiplication, addition, comparison, and last AND, OR and XOR, alike and from left to right.
 */
final class Parser {

    /** So that neither reading nor evaluating an expression needs more stack than a thread has. */
    private static final int DEEPEST = 100;

    private static final String OPERAND = "an attribute, a value, a function, NOT, EXISTS or \"(\"";
    private static final List<String> KEYWORDS =
            List.of("AND", "OR", "XOR", "NOT", "LIKE", "EXISTS", "IN", "TRUE", "FALSE");

    private static final Map<String, Comparison.Operator> COMPARISONS = Map.of(
            "=", Comparison.Operator.EQUAL,
            "!=", Comparison.Operator.NOT_EQUAL,
            "<>", Comparison.Operator.NOT_EQUAL,
            "<", Comparison.Operator.LESS,
            "<=", Comparison.Operator.LESS_OR_EQUAL,
            ">", Comparison.Operator.GREATER,
            ">=", Comparison.Operator.GREATER_OR_EQUAL);

    private static final Map<String, Operator> ARITHMETIC = Map.of(
            "*", Operator.TIMES,
            "/", Operator.DIVIDED_BY,
            "%", Operator.MODULO,
            "+", Operator.PLUS,
            "-", Operator.MINUS);

    private static final Map<String, SqlFunction> FUNCTIONS = functions();

    private final String text;
    private final List<Token> tokens;
    private int next;

    /** How many operators, functions and parentheses stand around what is read. */
    private int depth;

    /** How many levels the tree has that was read last. */
    private int height;

    private Parser(String text, List<Token> tokens) {
        this.text = text;
        this.tokens = tokens;
    }

    static SqlNode parse(String text) throws SqlMistake {
        Parser parser = new Parser(text, Tokenizer.tokens(text));
        SqlNode node = parser.expression();
        if (parser.peek().kind() != Token.Kind.END) {
            throw parser.mistake(parser.peek(), "an operator or the end");
        }
        return node;
    }

    private static Map<String, SqlFunction> functions() {
        Map<String, SqlFunction> functions = new LinkedHashMap<>();
        for (SqlFunction function : SqlFunction.values()) {
            functions.put(function.toString(), function);
        }
        return functions;
    }

    private Token peek() {
        return tokens.get(next);
    }

    private Token take() {
        Token token = tokens.get(next);
        next += token.kind() == Token.Kind.END ? 0 : 1;
        return token;
    }

    private boolean takes(String symbol) {
        boolean taken = peek().is(symbol);
        next += taken ? 1 : 0;
        return taken;
    }

    private void expect(String symbol) throws SqlMistake {
        if (!takes(symbol)) {
            throw mistake(peek(), "\"" + symbol + "\"");
        }
    }

    private SqlMistake mistake(Token at, String expected) {
        return mistake(at, at.described(), expected);
    }

    private SqlMistake mistake(Token at, String found, String expected) {
        return new SqlMistake(Tokenizer.place(text, at.from()), found, expected, Optional.empty(), false);
    }

    /** Reads everything up to where no operator goes on. */
    private SqlNode expression() throws SqlMistake {
        if (++depth > DEEPEST) {
            throw mistake(peek(), "more than " + DEEPEST + " levels", "an expression that is not nested as deeply");
        }
        SqlNode left = tighter(Comparison.TIGHTNESS);
        Token operator = peek();
        while (operator.is("AND") || operator.is("OR") || operator.is("XOR")) {
            left = chain(left, operator);
            operator = peek();
        }
        depth--;
        return left;
    }

    /** Reads on while it is the same operator: a chain is one node, however long it is. */
    private SqlNode chain(SqlNode first, Token operator) throws SqlMistake {
        List<SqlNode> parts = new ArrayList<>(List.of(first));
        int highest = height;
        while (takes(operator.upper())) {
            parts.add(tighter(Comparison.TIGHTNESS));
            highest = Math.max(highest, height);
        }
        height = highest;
        return switch (operator.upper()) {
            case "AND" -> higher(new Logic.And(parts), operator);
            case "OR" -> higher(new Logic.Or(parts), operator);
            default -> higher(new Logic.Xor(parts), operator);
        };
    }

    /** Reads operators that bind at least so tightly, with their operands. */
    private SqlNode tighter(int tightness) throws SqlMistake {
        SqlNode left = operand();
        while (true) {
            int before = height;
            SqlNode longer = longer(left, tightness);
            if (longer == null) {
                return left;
            }
            height = Math.max(before, height);
            left = higher(longer, peek());
        }
    }

    private @Nullable SqlNode longer(SqlNode left, int tightness) throws SqlMistake {
        Token operator = peek();
        Comparison.Operator comparison = operator.kind() == Token.Kind.SIGN ? COMPARISONS.get(operator.text()) : null;
        Operator arithmetic = operator.kind() == Token.Kind.SIGN ? ARITHMETIC.get(operator.text()) : null;
        if (comparison != null) {
            return tightness <= Comparison.TIGHTNESS
                    ? new Comparison(comparison, left, right(Comparison.TIGHTNESS))
                    : null;
        }
        if (arithmetic != null) {
            return tightness <= arithmetic.tightness
                    ? new Arithmetic.Binary(arithmetic, left, right(arithmetic.tightness))
                    : null;
        }
        boolean negated = operator.is("NOT");
        Token test = negated ? tokens.get(next + 1) : operator;
        if (test.is("LIKE") && tightness <= Like.TIGHTNESS) {
            next += negated ? 2 : 1;
            return like(left, negated);
        }
        if (test.is("IN") && tightness <= In.TIGHTNESS) {
            next += negated ? 2 : 1;
            expect("(");
            return new In(left, list(expression()), negated);
        }
        if (negated && !test.is("LIKE") && !test.is("IN")) {
            throw mistake(test, "LIKE or IN");
        }
        return null;
    }

    private SqlNode right(int tightness) throws SqlMistake {
        take();
        return tighter(tightness + 1);
    }

    private SqlNode like(SqlNode left, boolean negated) throws SqlMistake {
        Token pattern = take();
        if (pattern.kind() != Token.Kind.TEXT) {
            throw mistake(pattern, "the pattern, text in quotes");
        }
        if (pattern.text().length() > LikePattern.LONGEST) {
            throw mistake(
                    pattern,
                    "a pattern of " + pattern.text().length() + " characters",
                    "at most " + LikePattern.LONGEST);
        }
        height = 0;
        return new Like(left, LikePattern.of(pattern.text()), negated);
    }

    /** Reads the rest of a list whose first member was read, and the parenthesis that closes it. */
    private List<SqlNode> list(SqlNode first) throws SqlMistake {
        List<SqlNode> members = new ArrayList<>(List.of(first));
        int highest = height;
        while (takes(",")) {
            members.add(expression());
            highest = Math.max(highest, height);
        }
        if (!takes(")")) {
            throw mistake(peek(), "an operator, \",\" or \")\"");
        }
        height = highest;
        return members;
    }

    private SqlNode operand() throws SqlMistake {
        Token token = take();
        height = 0;
        switch (token.kind()) {
            case NUMBER:
                return number(token, "");
            case TEXT:
                return new SqlNode.Literal(token.text());
            case WORD:
                return word(token);
            default:
                break;
        }
        if (token.is("(")) {
            SqlNode inner = expression();
            if (!takes(")")) {
                throw mistake(peek(), "an operator or \")\"");
            }
            return inner;
        }
        boolean signs = (token.is("-") || token.is("+")) && isNumberBehind(token);
        if (signs) {
            return number(take(), token.text());
        }
        if (token.is("-")) {
            return higher(new Arithmetic.Minus(prefixed()), token);
        }
        throw mistake(token, token.is("=") ? OPERAND + "; equality is one =" : OPERAND);
    }

    /** A sign that touches a number is part of it: there is no other way to write the least number. */
    private boolean isNumberBehind(Token sign) {
        return peek().kind() == Token.Kind.NUMBER && peek().from() == sign.to();
    }

    private SqlNode prefixed() throws SqlMistake {
        if (++depth > DEEPEST) {
            throw mistake(peek(), "more than " + DEEPEST + " levels", "an expression that is not nested as deeply");
        }
        SqlNode operand = operand();
        depth--;
        return operand;
    }

    private SqlNode number(Token digits, String sign) throws SqlMistake {
        Object value = SqlType.INTEGER.cast(sign + digits.text());
        if (value instanceof Failure) {
            throw mistake(digits, "the number " + sign + digits.text(), "one from -2147483648 to 2147483647");
        }
        return new SqlNode.Literal(value);
    }

    private SqlNode word(Token word) throws SqlMistake {
        switch (word.upper()) {
            case "TRUE":
                return new SqlNode.Literal(true);
            case "FALSE":
                return new SqlNode.Literal(false);
            case "NOT":
                return higher(new Logic.Not(prefixed()), word);
            case "EXISTS":
                return new SqlNode.Exists(attribute(take()));
            default:
                return peek().is("(") ? call(word) : new SqlNode.Attribute(attribute(word));
        }
    }

    private String attribute(Token word) throws SqlMistake {
        boolean named = word.kind() == Token.Kind.WORD || word.kind() == Token.Kind.NUMBER;
        if (!named || word.text().indexOf('_') >= 0 || KEYWORDS.contains(word.upper())) {
            throw mistake(word, "an attribute's name (letters and digits)");
        }
        return word.text().toLowerCase(Locale.ROOT);
    }

    private SqlNode call(Token name) throws SqlMistake {
        take();
        List<SqlNode> arguments = takes(")") ? List.of() : list(expression());
        SqlFunction function = FUNCTIONS.get(name.upper());
        if (function == null) {
            throw new SqlMistake(
                    Tokenizer.place(text, name.from()),
                    "unknown function \"" + name.text() + "\"",
                    Nearest.list(FUNCTIONS.keySet()),
                    Nearest.to(name.upper(), FUNCTIONS.keySet()),
                    true);
        }
        if (!function.takes(arguments.size())) {
            throw new SqlMistake(
                    Tokenizer.place(text, name.from()),
                    function + " with " + arguments.size() + (arguments.size() == 1 ? " argument" : " arguments"),
                    function.arity(),
                    Optional.empty(),
                    true);
        }
        return higher(new Call(function, arguments), name);
    }

    private SqlNode higher(SqlNode node, Token at) throws SqlMistake {
        if (++height > DEEPEST) {
            throw mistake(
                    at,
                    "more than " + DEEPEST + " operators that build on one another",
                    "an expression in several parts");
        }
        return node;
    }
}
