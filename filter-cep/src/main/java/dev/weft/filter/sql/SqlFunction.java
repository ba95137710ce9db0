package dev.weft.filter.sql;

import static dev.weft.filter.sql.SqlType.BOOLEAN;
import static dev.weft.filter.sql.SqlType.INTEGER;
import static dev.weft.filter.sql.SqlType.STRING;

import java.util.List;
import java.util.Locale;

/**
 * The functions of sections 3.5.1 and 3.5.2 of the specification, and the casts that its conformance kit calls. A
 * character is a Unicode code point.
 */
public enum SqlFunction {
    ABS(INTEGER, 1, 1, INTEGER) {
        @Override
        Object apply(Object[] arguments) {
            int number = (Integer) arguments[0];
            return number == Integer.MIN_VALUE
                    ? new Failure(
                            Failure.Kind.MATH, number, "32 bits cannot hold the absolute value of ", Integer.MAX_VALUE)
                    : (Object) Math.abs(number);
        }
    },
    BOOL(BOOLEAN, 1, 1, BOOLEAN) {
        @Override
        Object apply(Object[] arguments) {
            return arguments[0];
        }
    },
    CONCAT(STRING, 0, Integer.MAX_VALUE, STRING) {
        @Override
        Object apply(Object[] arguments) {
            return joined("", arguments, 0);
        }
    },
    CONCAT_WS(STRING, 1, Integer.MAX_VALUE, STRING) {
        @Override
        Object apply(Object[] arguments) {
            return joined((String) arguments[0], arguments, 1);
        }
    },
    INT(INTEGER, 1, 1, INTEGER) {
        @Override
        Object apply(Object[] arguments) {
            return arguments[0];
        }
    },
    LEFT(STRING, 2, 2, STRING, INTEGER) {
        @Override
        Object apply(Object[] arguments) {
            String text = (String) arguments[0];
            int count = (Integer) arguments[1];
            if (count < 0) {
                return Failure.function("LEFT of " + count + " characters", text);
            }
            return count >= length(text) ? text : text.substring(0, text.offsetByCodePoints(0, count));
        }
    },
    LENGTH(INTEGER, 1, 1, STRING) {
        @Override
        Object apply(Object[] arguments) {
            return length((String) arguments[0]);
        }
    },
    LOWER(STRING, 1, 1, STRING) {
        @Override
        Object apply(Object[] arguments) {
            return ((String) arguments[0]).toLowerCase(Locale.ROOT);
        }
    },
    RIGHT(STRING, 2, 2, STRING, INTEGER) {
        @Override
        Object apply(Object[] arguments) {
            String text = (String) arguments[0];
            int count = (Integer) arguments[1];
            if (count < 0) {
                return Failure.function("RIGHT of " + count + " characters", text);
            }
            return count >= length(text) ? text : text.substring(text.offsetByCodePoints(text.length(), -count));
        }
    },
    STRING_OF("STRING", STRING, 1, 1, STRING) {
        @Override
        Object apply(Object[] arguments) {
            return arguments[0];
        }
    },
    SUBSTRING(STRING, 2, 3, STRING, INTEGER, INTEGER) {
        @Override
        Object apply(Object[] arguments) {
            String text = (String) arguments[0];
            int at = (Integer) arguments[1];
            int count = arguments.length == 3 ? (Integer) arguments[2] : Integer.MAX_VALUE;
            int length = length(text);
            if (at > length || at < -length || count < 0) {
                return Failure.function(
                        count < 0
                                ? "SUBSTRING of " + count + " characters"
                                : "SUBSTRING from " + at + " of " + length + " characters",
                        null);
            }
            if (at == 0) {
                return "";
            }
            int from = at > 0 ? at - 1 : length + at;
            int start = text.offsetByCodePoints(0, from);
            return count >= length - from
                    ? text.substring(start)
                    : text.substring(start, text.offsetByCodePoints(start, count));
        }
    },
    TRIM(STRING, 1, 1, STRING) {
        @Override
        Object apply(Object[] arguments) {
            String text = (String) arguments[0];
            int from = 0;
            int to = text.length();
            while (from < to && isWhitespace(text.charAt(from))) {
                from++;
            }
            while (to > from && isWhitespace(text.charAt(to - 1))) {
                to--;
            }
            return text.substring(from, to);
        }
    },
    UPPER(STRING, 1, 1, STRING) {
        @Override
        Object apply(Object[] arguments) {
            return ((String) arguments[0]).toUpperCase(Locale.ROOT);
        }
    };

    /** So that no expression, however it nests, makes of one event's attributes more text than memory holds. */
    private static final int LONGEST_TEXT = 1_000_000;

    private final String name;
    private final SqlType result;
    private final int least;
    private final int most;
    private final List<SqlType> parameters;

    SqlFunction(SqlType result, int least, int most, SqlType... parameters) {
        this("", result, least, most, parameters);
    }

    SqlFunction(String name, SqlType result, int least, int most, SqlType... parameters) {
        this.name = name.isEmpty() ? name() : name;
        this.result = result;
        this.least = least;
        this.most = most;
        this.parameters = List.of(parameters);
    }

    /** Returns the value for arguments of the right types and number, or a {@link Failure}. */
    abstract Object apply(Object[] arguments);

    SqlType result() {
        return result;
    }

    /** Returns the type of the i-th argument; the last one's stands for all that follow. */
    SqlType parameter(int i) {
        return parameters.get(Math.min(i, parameters.size() - 1));
    }

    boolean takes(int arguments) {
        return arguments >= least && arguments <= most;
    }

    /** Returns how many arguments it takes, in words. */
    String arity() {
        if (most == Integer.MAX_VALUE) {
            return least == 0 ? "any number of arguments" : "at least " + least + " argument";
        }
        return least == most ? least + (least == 1 ? " argument" : " arguments") : least + " or " + most + " arguments";
    }

    /** Returns the name by which expressions call it. */
    @Override
    public String toString() {
        return name;
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /** Unicode's property White_Space, which is not what Java calls whitespace. */
    private static boolean isWhitespace(char c) {
        return (c >= '\t' && c <= '\r') || c == 0x85 || Character.isSpaceChar(c);
    }

    private static Object joined(String delimiter, Object[] parts, int from) {
        long length = 0;
        for (int i = from; i < parts.length; i++) {
            length += ((String) parts[i]).length() + (i > from ? delimiter.length() : 0);
        }
        if (length > LONGEST_TEXT) {
            return Failure.function("text of " + length + " characters", null);
        }
        StringBuilder joined = new StringBuilder((int) length);
        for (int i = from; i < parts.length; i++) {
            joined.append(i > from ? delimiter : "").append((String) parts[i]);
        }
        return joined.toString();
    }
}
