package dev.weft.config;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What an unquoted scalar means, by the <a href="https://yaml.org/spec/1.2.2/#103-core-schema">core schema of YAML
 * 1.2</a>: {@code NO}, {@code on} and {@code 12:30} are text. Infinities and NaN are refused: no config value is one.
 */
final class CoreSchema {

    private static final Pattern NULL = Pattern.compile("null|Null|NULL|~|");
    private static final Pattern BOOLEAN = Pattern.compile("true|True|TRUE|false|False|FALSE");
    private static final Pattern OCTAL = Pattern.compile("0o[0-7]+");
    private static final Pattern HEXADECIMAL = Pattern.compile("0x[0-9a-fA-F]+");
    private static final Pattern DECIMAL =
            Pattern.compile("[-+]?(?:\\.[0-9]+|[0-9]+(?:\\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?");
    private static final Pattern NOT_FINITE = Pattern.compile("[-+]?\\.(?:inf|Inf|INF)|\\.(?:nan|NaN|NAN)");

    /** More digits than any number a person writes; reading a decimal costs the square of its length. */
    private static final int LONGEST_NUMBER = 400;

    private CoreSchema() {}

    /** Returns why the scalar has no value here, if it has none; ready to stand after the word "expected". */
    static Optional<String> objection(String plain) {
        if (NOT_FINITE.matcher(plain).matches()) {
            return Optional.of("a finite number, or text in quotes");
        }
        if (isNumber(plain) && (plain.length() > LONGEST_NUMBER || number(plain) == null)) {
            return Optional.of("a number of fewer digits, or text in quotes");
        }
        return Optional.empty();
    }

    /** Returns a String, Boolean, BigDecimal or null, for a scalar there is no {@link #objection} to. */
    static @Nullable Object value(String plain) {
        if (NULL.matcher(plain).matches()) {
            return null;
        }
        if (BOOLEAN.matcher(plain).matches()) {
            return Boolean.parseBoolean(plain);
        }
        return isNumber(plain) ? number(plain) : plain;
    }

    private static boolean isNumber(String plain) {
        return DECIMAL.matcher(plain).matches()
                || OCTAL.matcher(plain).matches()
                || HEXADECIMAL.matcher(plain).matches();
    }

    private static @Nullable BigDecimal number(String plain) {
        try {
            return switch (plain.length() > 1 ? plain.charAt(1) : '0') {
                case 'o' -> new BigDecimal(new BigInteger(plain.substring(2), 8));
                case 'x' -> new BigDecimal(new BigInteger(plain.substring(2), 16));
                default -> new BigDecimal(plain);
            };
        } catch (NumberFormatException e) {
            return null; // an exponent beyond what a BigDecimal can hold
        }
    }
}
