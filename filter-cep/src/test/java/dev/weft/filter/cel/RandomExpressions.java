package dev.weft.filter.cel;

import java.util.Random;

/** Makes conditions about the order of {@link Cel}: many that hold, many that fail, some that do not compile. */
final class RandomExpressions {

    private static final String[] VALUES = {
        "data.amount",
        "data.price",
        "data.orderId",
        "data.express",
        "data.note",
        "data.customer",
        "data.items",
        "data.customer.tags",
        "data.missing",
        "data.items[0].count",
        "data.items[1].sku",
        "data.large",
        "data.huge",
        "data.customer.name",
        "data.empty",
        "type",
        "region",
        "event.region",
        "event.missing",
        "time",
        "event"
    };
    private static final String[] LITERALS = {
        "0",
        "1",
        "2",
        "3",
        "120",
        "-1",
        "1u",
        "1.0",
        "12.5",
        "0.0",
        "'eu'",
        "'4711'",
        "''",
        "'a'",
        "true",
        "false",
        "null",
        "[]",
        "[1, 3]",
        "['new', 'eu']",
        "{}",
        "{'a': 1}",
        "{1: 2}",
        "b'a'",
        "9223372036854775807",
        "duration('1h')",
        "timestamp('2026-01-05T08:30:00Z')",
        "'2'",
        "int",
        "string",
        "dyn(1)",
        "dyn('a')"
    };
    private static final String[] OPERATORS = {"+", "-", "*", "/", "%", "+", "-"};
    private static final String[] COMPARISONS = {"==", "!=", "<", "<=", ">", ">=", "in", "==", "=="};
    private static final String[] UNARY = {"size", "int", "double", "string", "uint", "type", "dyn", "bool", "bytes"};
    private static final String[] OF_TEXT = {"startsWith", "endsWith", "contains", "matches"};

    private final Random random;

    RandomExpressions(Random random) {
        this.random = random;
    }

    String next() {
        return condition(3);
    }

    private String condition(int depth) {
        if (depth == 0) {
            return comparison(0);
        }
        return switch (random.nextInt(9)) {
            case 0 -> "(" + condition(depth - 1) + " && " + condition(depth - 1) + ")";
            case 1 -> "(" + condition(depth - 1) + " || " + condition(depth - 1) + ")";
            case 2 -> "!(" + condition(depth - 1) + ")";
            case 3 -> "(" + condition(depth - 1) + " ? " + condition(depth - 1) + " : " + condition(depth - 1) + ")";
            case 4 ->
                list(depth) + "." + one("all", "exists", "exists_one") + "(x, "
                        + condition(depth - 1).replace("data.items[0].count", one("x", "x.count", "x.sku")) + ")";
            case 5 -> "has(data." + one("amount", "missing", "customer.name", "amount.x", "note", "empty.x") + ")";
            case 6 -> value(depth - 1) + "." + one(OF_TEXT) + "(" + value(0) + ")";
            default -> comparison(depth);
        };
    }

    private String comparison(int depth) {
        return "(" + value(depth) + " " + one(COMPARISONS) + " " + value(depth) + ")";
    }

    private String value(int depth) {
        if (depth <= 0) {
            return random.nextBoolean() ? one(VALUES) : one(LITERALS);
        }
        return switch (random.nextInt(7)) {
            case 0, 1 -> "(" + value(depth - 1) + " " + one(OPERATORS) + " " + value(depth - 1) + ")";
            case 2 -> one(UNARY) + "(" + value(depth - 1) + ")";
            case 3 -> list(depth) + "." + one("map(x, ", "filter(x, ") + value(depth - 1) + ")";
            case 4 -> value(depth - 1) + "[" + value(0) + "]";
            case 5 -> "[" + value(depth - 1) + ", " + value(0) + "]";
            default -> value(0);
        };
    }

    private String list(int depth) {
        return random.nextInt(4) == 0
                ? value(depth - 1)
                : one("data.items", "data.customer.tags", "data.customer", "[1, 2, 3]", "['a', 'b']", "[]");
    }

    private String one(String... of) {
        return of[random.nextInt(of.length)];
    }
}
