package dev.weft.event;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The UTF-8 of a JSON text (RFC 8259), and how to step over what stands in it. Every step takes a position and returns
 * the position behind what it stepped over, so that positions stay in registers; it throws {@link DamageException} if
 * something else stands there. Inside strings, eight bytes are looked at together.
 */
final class JsonText {

    private static final VarHandle EIGHT_BYTES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;
    private static final int DEEPEST = 1000;
    private static final int LONGEST_NUMBER = 1000;
    private static final int MOST_EXPONENT_DIGITS = 9;
    private static final int SHOWN_AROUND_DAMAGE = 20;

    private final byte[] bytes;
    private final int start;
    private final int end;

    JsonText(byte[] bytes, int start, int end) {
        this.bytes = bytes;
        this.start = start;
        this.end = end;
    }

    int start() {
        return isMarked(bytes, start, end) ? start + 3 : start;
    }

    /** Whether the text begins with a byte order mark, which a parser may ignore (RFC 8259, section 8.1). */
    static boolean isMarked(byte[] bytes, int start, int end) {
        return end - start >= 3
                && bytes[start] == (byte) 0xEF
                && bytes[start + 1] == (byte) 0xBB
                && bytes[start + 2] == (byte) 0xBF;
    }

    boolean isEnd(int at) {
        return at >= end;
    }

    byte byteAt(int at) throws DamageException {
        if (at >= end) {
            throw damage(at, "it ends too early");
        }
        return bytes[at];
    }

    int skipBlanks(int at) {
        int next = at;
        while (next < end && bytes[next] <= ' ' && isBlank(bytes[next])) {
            next++;
        }
        return next;
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    /** Steps over blanks, a colon and blanks. */
    int skipColon(int at) throws DamageException {
        int colon = skipBlanks(at);
        if (byteAt(colon) != ':') {
            throw damage(colon, "expected ':'");
        }
        return skipBlanks(colon + 1);
    }

    /** Steps over an opening bracket, which stands there, and blanks. */
    int skipOpening(int at, int depth) throws DamageException {
        if (depth > DEEPEST) {
            throw damage(at, "it nests deeper than " + DEEPEST + " levels");
        }
        return skipBlanks(at + 1);
    }

    /** Steps over blanks and a comma with the blanks behind it; stays at the closing bracket, if that stands there. */
    int skipComma(int at, char closing) throws DamageException {
        int next = skipBlanks(at);
        byte b = byteAt(next);
        if (b == ',') {
            int behind = skipBlanks(next + 1);
            if (byteAt(behind) == closing) {
                throw damage(behind, "expected a value");
            }
            return behind;
        }
        if (b != closing) {
            throw damage(next, "expected ',' or '" + closing + "'");
        }
        return next;
    }

    /** Steps over any value. {@code depth} is how many brackets are open around it. */
    int skipValue(int at, int depth) throws DamageException {
        return switch (byteAt(at)) {
            case '"' -> skipString(at);
            case '{' -> skipObject(at, depth + 1);
            case '[' -> skipArray(at, depth + 1);
            case 't' -> skipLiteral(at, "true");
            case 'f' -> skipLiteral(at, "false");
            case 'n' -> skipLiteral(at, "null");
            default -> skipNumber(at);
        };
    }

    private int skipObject(int at, int depth) throws DamageException {
        int next = skipOpening(at, depth);
        while (byteAt(next) != '}') {
            next = skipColon(skipString(next));
            next = skipComma(skipValue(next, depth), '}');
        }
        return next + 1;
    }

    private int skipArray(int at, int depth) throws DamageException {
        int next = skipOpening(at, depth);
        while (byteAt(next) != ']') {
            next = skipComma(skipValue(next, depth), ']');
        }
        return next + 1;
    }

    int skipLiteral(int at, String literal) throws DamageException {
        for (int i = 0; i < literal.length(); i++) {
            if (at + i >= end || bytes[at + i] != literal.charAt(i)) {
                throw damage(at + i, "expected " + literal);
            }
        }
        return at + literal.length();
    }

    int skipNumber(int at) throws DamageException {
        int next = is(at, '-') ? at + 1 : at;
        if (is(next, '0')) {
            next++;
            if (isDigit(next)) {
                throw damage(next, "a number starts with 0");
            }
        } else {
            next = skipDigits(next);
        }
        if (is(next, '.')) {
            next = skipDigits(next + 1);
        }
        if (is(next, 'e') || is(next, 'E')) {
            next = skipExponent(next + 1);
        }
        if (next - at > LONGEST_NUMBER) {
            throw damage(next, "a number has more than " + LONGEST_NUMBER + " characters");
        }
        return next;
    }

    private int skipExponent(int at) throws DamageException {
        int from = is(at, '+') || is(at, '-') ? at + 1 : at;
        int to = skipDigits(from);
        int significant = from;
        while (significant < to - 1 && bytes[significant] == '0') {
            significant++;
        }
        if (to - significant > MOST_EXPONENT_DIGITS) {
            throw damage(to, "a number's exponent has more than " + MOST_EXPONENT_DIGITS + " digits");
        }
        return to;
    }

    private int skipDigits(int at) throws DamageException {
        if (!isDigit(at)) {
            byteAt(at);
            throw damage(at, "expected a value");
        }
        int next = at + 1;
        while (isDigit(next)) {
            next++;
        }
        return next;
    }

    private boolean isDigit(int at) {
        return at < end && bytes[at] >= '0' && bytes[at] <= '9';
    }

    private boolean is(int at, char wanted) {
        return at < end && bytes[at] == wanted;
    }

    /** Steps over a string with its quotes and checks it: UTF-8, escapes, no control characters. */
    int skipString(int at) throws DamageException {
        if (byteAt(at) != '"') {
            throw damage(at, "expected '\"'");
        }
        int next = at + 1;
        while (true) {
            next = skipPlain(next);
            byte b = byteAt(next++);
            if (b == '"') {
                return next;
            }
            if (b == '\\') {
                next = skipEscape(next);
            } else if (b < 0) {
                next = skipMultibyte(next - 1);
            } else if (b < ' ') {
                throw damage(next - 1, "a string holds a control character");
            }
        }
    }

    /**
     * Steps over bytes, eight at a time, up to the first that is a quote, a backslash, a control character or not
     * ASCII. Subtracting sets a byte's high bit where the byte was too small; a borrow can flag bytes wrongly, but only
     * behind one that is flagged rightly.
     */
    private int skipPlain(int at) {
        int next = at;
        while (next + Long.BYTES <= end) {
            long eight = (long) EIGHT_BYTES.get(bytes, next);
            long special =
                    ((eight ^ (ONES * '"')) - ONES) | ((eight ^ (ONES * '\\')) - ONES) | (eight - ONES * ' ') | eight;
            long flagged = special & HIGHS;
            if (flagged != 0) {
                return next + (Long.numberOfTrailingZeros(flagged) >>> 3);
            }
            next += Long.BYTES;
        }
        return next;
    }

    private int skipEscape(int at) throws DamageException {
        byte escaped = byteAt(at);
        if (escaped == 'u') {
            for (int i = 1; i <= 4; i++) {
                if (Character.digit(byteAt(at + i), 16) < 0) {
                    throw damage(at + i, "a \\u escape is not four hexadecimal digits");
                }
            }
            return at + 5;
        }
        if ("\"\\/bfnrt".indexOf(escaped) < 0) {
            throw damage(at, "an escape is unknown");
        }
        return at + 1;
    }

    /** Steps over one character of two to four bytes: no overlong forms, no surrogates, nothing beyond Unicode. */
    private int skipMultibyte(int at) throws DamageException {
        int lead = bytes[at] & 0xFF;
        int more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : 1;
        int low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
        int high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
        boolean right = lead >= 0xC2 && lead <= 0xF4;
        for (int i = 1; i <= more && right; i++) {
            int next = byteAt(at + i) & 0xFF;
            right = next >= low && next <= high;
            low = 0x80;
            high = 0xBF;
        }
        if (!right) {
            throw damage(at, "a string is not UTF-8");
        }
        return at + more + 1;
    }

    /** Returns the characters between two positions, which are ASCII. */
    String ascii(int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }

    /** Returns the text of a string that was stepped over, from behind its first quote to before its last. */
    String decoded(int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == '\\') {
                return unescaped(from, to);
            }
        }
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    private String unescaped(int from, int to) {
        String escaped = new String(bytes, from, to - from, StandardCharsets.UTF_8);
        StringBuilder text = new StringBuilder(escaped.length());
        for (int i = 0; i < escaped.length(); i++) {
            char c = escaped.charAt(i);
            if (c != '\\') {
                text.append(c);
            } else if (escaped.charAt(++i) == 'u') {
                text.append((char) Integer.parseInt(escaped, i + 1, i + 5, 16));
                i += 4;
            } else {
                text.append(meaningOf(escaped.charAt(i)));
            }
        }
        return text.toString();
    }

    private static char meaningOf(char escaped) {
        return switch (escaped) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> escaped;
        };
    }

    /** Says what is wrong at a position, with a little of the text around it. */
    DamageException damage(int at, String how) {
        int from = Math.max(start, at - SHOWN_AROUND_DAMAGE);
        int to = Math.min(end, at + SHOWN_AROUND_DAMAGE);
        String around = new String(bytes, from, to - from, StandardCharsets.UTF_8);
        return new DamageException(how + " at byte " + (at - start) + ", near " + around);
    }

    /** Ends the reading of a text that is not JSON. Never leaves this package. */
    static final class DamageException extends Exception {
        private static final long serialVersionUID = 1;

        DamageException(String how) {
            // Garbage is no surprise here, and nobody reads the stack trace.
            super(how, null, false, false);
        }
    }
}
