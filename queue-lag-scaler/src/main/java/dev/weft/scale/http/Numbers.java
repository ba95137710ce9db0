package dev.weft.scale.http;

import java.util.Locale;

/** Numbers as they are written in pages, whatever the machine's language. */
final class Numbers {

    private static final double WHOLE_FROM = 100;

    private Numbers() {}

    static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    /** Returns a number of as many digits as a person wants to read. */
    static String shown(double number) {
        boolean whole = number == Math.rint(number) || Math.abs(number) >= WHOLE_FROM;
        return whole ? text("%,d", Math.round(number)) : text("%.1f", number);
    }
}
