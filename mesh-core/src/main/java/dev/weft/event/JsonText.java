package dev.weft.event;

import dev.weft.event.JsonPayload.DamageException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A place in the UTF-8 of a JSON text, and how to step over what stands there. Strings are checked eight bytes at a
 * time as long as they are plain ASCII.
 */
final class JsonText {

    private static final VarHandle EIGHT_BYTES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;
    private static final int SHOWN_AROUND_DAMAGE = 20;

    private final byte[] bytes;
    private final int start;
    private final int end;
    private int at;

    JsonText(byte[] bytes, int start, int end) {
        this.bytes = bytes;
        this.start = start;
        this.end = end;
        this.at = start;
    }

    byte[] bytes() {
        return bytes;
    }

    int position() {
        return at;
    }

    boolean isAtEnd() {
        return at >= end;
    }

    void skipByteOrderMark() {
        if (end - at >= 3 && bytes[at] == (byte) 0xEF && bytes[at + 1] == (byte) 0xBB && bytes[at + 2] == (byte) 0xBF) {
            at += 3;
        }
    }

    void skipBlanks() {
        while (at < end && bytes[at] <= ' ' && isBlank(bytes[at])) {
            at++;
        }
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    int peek() throws DamageException {
        if (at >= end) {
            throw damage("it ends too early");
        }
        return bytes[at];
    }

    int next() throws DamageException {
        int next = peek();
        at++;
        return next;
    }

    /** Steps over blanks and, if it stands there, over that byte. */
    boolean takes(char wanted) {
        skipBlanks();
        return takesByte(wanted);
    }

    boolean takesByte(char wanted) {
        if (at < end && bytes[at] == wanted) {
            at++;
            return true;
        }
        return false;
    }

    void expect(char wanted) throws DamageException {
        skipBlanks();
        if (!takesByte(wanted)) {
            peek();
            throw damage("expected '" + wanted + "'");
        }
    }

    /** Steps over a comma and returns true, or over the closing bracket and returns false. */
    boolean continuesTo(char closing) throws DamageException {
        skipBlanks();
        int next = next();
        if (next == ',') {
            return true;
        }
        if (next != closing) {
            at--;
            throw damage("expected ',' or '" + closing + "'");
        }
        return false;
    }

    void expectLiteral(String literal) throws DamageException {
        for (int i = 0; i < literal.length(); i++) {
            if (!takesByte(literal.charAt(i))) {
                throw damage("expected " + literal);
            }
        }
    }

    boolean isDigit() {
        return at < end && bytes[at] >= '0' && bytes[at] <= '9';
    }

    void expectDigits() throws DamageException {
        if (!isDigit()) {
            peek();
            throw damage("expected a value");
        }
        while (isDigit()) {
            at++;
        }
    }

    /** Steps over a string and checks it; returns where its text begins. It ends before {@code position() - 1}. */
    int skipString() throws DamageException {
        if (peek() != '"') {
            throw damage("expected '\"'");
        }
        int from = ++at;
        while (true) {
            skipPlain();
            int next = next();
            if (next == '"') {
                return from;
            }
            if (next == '\\') {
                skipEscape();
            } else if (next < 0) {
                at--;
                skipMultibyte();
            } else if (next < ' ') {
                at--;
                throw damage("a string holds a control character");
            }
        }
    }

    /** Steps over eight bytes at once while none of them is a quote, a backslash, a control character or not ASCII. */
    private void skipPlain() {
        while (at + Long.BYTES <= end) {
            long eight = (long) EIGHT_BYTES.get(bytes, at);
            long quote = eight ^ (ONES * '"');
            long backslash = eight ^ (ONES * '\\');
            long special = (quote - ONES) | (backslash - ONES) | (eight - ONES * ' ') | eight;
            if ((special & HIGHS) != 0) {
                return;
            }
            at += Long.BYTES;
        }
    }

    private void skipEscape() throws DamageException {
        int escaped = next();
        if (escaped == 'u') {
            for (int i = 0; i < 4; i++) {
                if (Character.digit(next(), 16) < 0) {
                    throw damage("a \\u escape is not four hexadecimal digits");
                }
            }
        } else if ("\"\\/bfnrt".indexOf(escaped) < 0) {
            throw damage("an escape is unknown");
        }
    }

    /** Steps over one character of two to four bytes: no overlong forms, no surrogates, nothing beyond Unicode. */
    private void skipMultibyte() throws DamageException {
        int lead = bytes[at++] & 0xFF;
        int more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : 1;
        int low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
        int high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
        boolean right = lead >= 0xC2 && lead <= 0xF4;
        for (int i = 0; i < more && right; i++) {
            int next = next() & 0xFF;
            right = next >= low && next <= high;
            low = 0x80;
            high = 0xBF;
        }
        if (!right) {
            throw damage("a string is not UTF-8");
        }
    }

    /** Steps over a string and returns its text. */
    String string() throws DamageException {
        int from = skipString();
        return decoded(from, at - 1);
    }

    /** Returns the text of a string that was checked. */
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

    /** Says what is wrong here, with a little of the text before it. */
    DamageException damage(String how) {
        int from = Math.max(start, at - SHOWN_AROUND_DAMAGE);
        int to = Math.min(end, at + SHOWN_AROUND_DAMAGE);
        String around = new String(bytes, from, to - from, StandardCharsets.UTF_8);
        return new DamageException(how + " at byte " + (at - start) + ", near " + around);
    }
}
