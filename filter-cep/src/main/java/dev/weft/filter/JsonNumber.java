package dev.weft.filter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Numbers as JSON writes them, of any size and precision.
 *
 * <p>An exponent is never expanded: {@link BigDecimal#compareTo} compares magnitudes first and aligns the digits only
 * of numbers of equal magnitude, so {@code 1e999999999} costs no more than {@code 1}.
 */
final class JsonNumber {

    /** As long as Jackson lets numbers of a payload be: decimals take time quadratic in their length to read. */
    private static final int LONGEST = 1000;

    private JsonNumber() {}

    /** Returns the number that {@code value} is, or null if it is none. */
    static @Nullable BigDecimal of(JsonNode value) {
        if (!value.isNumber() || (value.isFloatingPointNumber() && isBeyondDecimals(value))) {
            return null;
        }
        return value.decimalValue();
    }

    private static boolean isBeyondDecimals(JsonNode value) {
        return !value.isBigDecimal() && !Double.isFinite(value.doubleValue());
    }

    /** Returns the number that {@code text} is by JSON's grammar, or null if it is none or too long for one. */
    static @Nullable BigDecimal parse(String text) {
        if (!isNumber(text)) {
            return null;
        }
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            return null; // an exponent beyond those of BigDecimal: not a number that anything is compared with
        }
    }

    static JsonNode node(BigDecimal number) {
        return DecimalNode.valueOf(number.stripTrailingZeros());
    }

    private static boolean isNumber(String text) {
        if (text.isEmpty() || text.length() > LONGEST) {
            return false;
        }
        int at = text.charAt(0) == '-' ? 1 : 0;
        int integerEnd = digits(text, at);
        boolean leadingZero = integerEnd > at + 1 && text.charAt(at) == '0';
        if (integerEnd == at || leadingZero) {
            return false;
        }
        int fractionEnd = fraction(text, integerEnd);
        int end = fractionEnd < 0 ? -1 : exponent(text, fractionEnd);
        return end == text.length();
    }

    /** Returns where the fraction that may start at {@code at} ends, or -1 if it is broken. */
    private static int fraction(String text, int at) {
        if (at >= text.length() || text.charAt(at) != '.') {
            return at;
        }
        int end = digits(text, at + 1);
        return end == at + 1 ? -1 : end;
    }

    /** Returns where the exponent that may start at {@code at} ends, or -1 if it is broken. */
    private static int exponent(String text, int at) {
        if (at >= text.length() || (text.charAt(at) | 0x20) != 'e') {
            return at;
        }
        boolean signed = at + 1 < text.length() && (text.charAt(at + 1) == '+' || text.charAt(at + 1) == '-');
        int from = signed ? at + 2 : at + 1;
        int end = digits(text, from);
        return end == from ? -1 : end;
    }

    private static int digits(String text, int at) {
        int end = at;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        return end;
    }
}
