package dev.weft.filter.sql;

import java.util.List;
import java.util.Random;

/** Random CESQL expressions over few attributes and values, so that events often come close to them. */
public final class RandomSql {

    /** Attributes that expressions read; every event has the first. */
    public static final List<String> ATTRIBUTES = List.of("type", "subject", "x", "n");

    /** Values of attributes. */
    public static final List<String> TEXTS = List.of(
            "a",
            "A",
            "ab",
            "abc",
            "bab",
            "a%b",
            "a_b",
            "a*b",
            "a\\b",
            "",
            " a ",
            "5",
            "10",
            "-3",
            "007",
            "true",
            "TRUE",
            "false",
            "2147483647",
            "-2147483648",
            "2147483648",
            "::1",
            "0:0:0:0:0:0:0:1",
            "é",
            "ß");

    private static final List<String> PATTERNS = List.of(
            "a%", "%b", "%b%", "a_b", "a\\\\%b", "a%b%", "%", "", "ab", "_%", "a\\\\_b", "%%b", "1_", "t%e", "a*%");

    private final Random random;

    public RandomSql(Random random) {
        this.random = random;
    }

    /** Returns an expression that is a condition. */
    public String filter() {
        return condition(3);
    }

    /** Returns an expression of any type. */
    public String expression() {
        return any(3);
    }

    private String any(int depth) {
        return switch (random.nextInt(3)) {
            case 0 -> condition(depth);
            case 1 -> number(depth);
            default -> text(depth);
        };
    }

    private String condition(int depth) {
        return switch (random.nextInt(depth == 0 ? 6 : 14)) {
            case 0 -> attribute() + one(List.of(" = ", " != ", " <> ")) + literal();
            case 1 -> attribute() + (random.nextBoolean() ? " IN (" : " NOT IN (") + literal() + ", " + literal() + ")";
            case 2 ->
                attribute() + (random.nextBoolean() ? " LIKE '" : " NOT LIKE '")
                        + one(PATTERNS).replace("\\\\", "\\") + "'";
            case 3 -> "EXISTS " + attribute();
            case 4 -> one(List.of("TRUE", "false", "(x = 'a')", "BOOL(x)"));
            case 5 -> attribute() + one(List.of(" < ", " <= ", " > ", " >= ")) + random.nextInt(12);
            case 6, 7 -> "(" + condition(depth - 1) + ") AND (" + condition(depth - 1) + ")";
            case 8, 9 -> "(" + condition(depth - 1) + ") OR (" + condition(depth - 1) + ")";
            case 10 -> "(" + condition(depth - 1) + ") XOR (" + condition(depth - 1) + ")";
            case 11 -> "NOT (" + condition(depth - 1) + ")";
            case 12 ->
                "(" + any(depth - 1) + ")" + one(List.of(" = ", " != ", " < ", " >= ")) + "(" + any(depth - 1) + ")";
            default -> "(" + any(depth - 1) + ") IN (" + any(depth - 1) + ", " + any(depth - 1) + ")";
        };
    }

    private String number(int depth) {
        return switch (random.nextInt(depth == 0 ? 2 : 7)) {
            case 0 -> String.valueOf(random.nextInt(30) - 10);
            case 1 -> attribute();
            case 2 ->
                "(" + any(depth - 1) + ")" + one(List.of(" + ", " - ", " * ", " / ", " % ")) + "(" + number(depth - 1)
                        + ")";
            case 3 -> "- (" + number(depth - 1) + ")";
            case 4 -> "LENGTH(" + any(depth - 1) + ")";
            case 5 -> "ABS(" + number(depth - 1) + ")";
            default -> "INT(" + any(depth - 1) + ")";
        };
    }

    private String text(int depth) {
        return switch (random.nextInt(depth == 0 ? 2 : 10)) {
            case 0 -> literal();
            case 1 -> attribute();
            case 2 -> "LOWER(" + any(depth - 1) + ")";
            case 3 -> "UPPER(" + any(depth - 1) + ")";
            case 4 -> "CONCAT(" + any(depth - 1) + ", " + any(depth - 1) + ")";
            case 5 -> "CONCAT_WS('-', " + any(depth - 1) + ", " + any(depth - 1) + ")";
            case 6 -> "TRIM(" + any(depth - 1) + ")";
            case 7 -> one(List.of("LEFT(", "RIGHT(")) + any(depth - 1) + ", " + number(depth - 1) + ")";
            case 8 -> "SUBSTRING(" + any(depth - 1) + ", " + (random.nextInt(9) - 4) + ")";
            default -> "SUBSTRING(" + any(depth - 1) + ", " + (random.nextInt(9) - 4) + ", " + number(depth - 1) + ")";
        };
    }

    private String attribute() {
        return one(ATTRIBUTES);
    }

    private String literal() {
        return random.nextInt(6) == 0 ? String.valueOf(random.nextInt(20)) : "'" + one(TEXTS) + "'";
    }

    private String one(List<String> of) {
        return of.get(random.nextInt(of.size()));
    }
}
