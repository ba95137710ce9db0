package dev.weft.filter.sql;

import org.jspecify.annotations.Nullable;

/** The types of CESQL, and how a value of one is taken for another: sections 3.1 and 3.7 of the specification. */
public enum SqlType {
    STRING("text", "") {
        @Override
        Object cast(Object value) {
            return value.toString();
        }
    },
    INTEGER("a number", 0) {
        @Override
        Object cast(Object value) {
            if (value instanceof Integer) {
                return value;
            }
            if (value instanceof Boolean flag) {
                return flag ? 1 : 0;
            }
            Integer number = parsed((String) value);
            return number == null ? Failure.cast(value, "an integer of 32 bits") : number;
        }
    },
    BOOLEAN("a condition", false) {
        @Override
        Object cast(Object value) {
            if (value instanceof Boolean) {
                return value;
            }
            if (value instanceof Integer number) {
                return number != 0;
            }
            String text = (String) value;
            // Not String.equalsIgnoreCase, which finds more equal than their lower cases are.
            if (isInAnyCase("true", text)) {
                return true;
            }
            return isInAnyCase("false", text) ? (Object) false : Failure.cast(value, "true or false");
        }
    },
    /** An attribute, whose type only an event tells. */
    ANY("an attribute", false) {
        @Override
        Object cast(Object value) {
            return value;
        }
    };

    private final String words;
    private final Object zero;

    SqlType(String words, Object zero) {
        this.words = words;
        this.zero = zero;
    }

    /** Returns the value as one of this type, or a {@link Failure}. */
    abstract Object cast(Object value);

    /** Returns the value that an expression of this type has when it fails. */
    public Object zero() {
        return zero;
    }

    static SqlType of(Object value) {
        return value instanceof String ? STRING : value instanceof Integer ? INTEGER : BOOLEAN;
    }

    /** Returns the type in words that follow "yields". */
    @Override
    public String toString() {
        return words;
    }

    private static boolean isInAnyCase(String lower, String text) {
        if (text.length() != lower.length()) {
            return false;
        }
        for (int i = 0; i < lower.length(); i++) {
            char c = text.charAt(i);
            if (c != lower.charAt(i) && c != lower.charAt(i) - ('a' - 'A')) {
                return false;
            }
        }
        return true;
    }

    /** Not Integer.parseInt, which reads the digits of every script and throws where there are none. */
    private static @Nullable Integer parsed(String text) {
        int from = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
        int digits = text.length() - from;
        long number = 0;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return null;
            }
            // Any number of zeros may lead; what is once too large stays so.
            number = Math.min(number * 10 + (c - '0'), Long.MAX_VALUE / 100);
        }
        number = text.startsWith("-") ? -number : number;
        return digits == 0 || number != (int) number ? null : Integer.valueOf((int) number);
    }
}
