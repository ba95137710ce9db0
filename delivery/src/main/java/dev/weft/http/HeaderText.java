package dev.weft.http;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Attribute values as headers carry them (CloudEvents HTTP protocol binding v1.0.2, section 3.1.3.2). */
final class HeaderText {

    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private HeaderText() {}

    /** Encodes space, quote, percent, and all but printable ASCII; a text without them is returned as it is. */
    static String encoded(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isEncoded(text.charAt(i))) {
                return encodedFrom(text, i);
            }
        }
        return text;
    }

    private static String encodedFrom(String text, int first) {
        StringBuilder encoded = new StringBuilder(text.length() + 16).append(text, 0, first);
        for (byte b : text.substring(first).getBytes(StandardCharsets.UTF_8)) {
            if (b < 0 || isEncoded((char) b)) {
                encoded.append('%').append(HEX[(b >> 4) & 0xf]).append(HEX[b & 0xf]);
            } else {
                encoded.append((char) b);
            }
        }
        return encoded.toString();
    }

    private static boolean isEncoded(char c) {
        return c <= ' ' || c == '"' || c == '%' || c >= 0x7f;
    }

    /** Decodes UTF-8 from a header: quotes around it are dropped, %XX decoded, all else kept. Null if it is damaged. */
    static byte @Nullable [] decoded(String header) {
        String text = header.length() >= 2 && header.startsWith("\"") && header.endsWith("\"")
                ? header.substring(1, header.length() - 1).replaceAll("\\\\(.)", "$1")
                : header;
        byte[] from = text.getBytes(StandardCharsets.ISO_8859_1);
        byte[] to = new byte[from.length];
        int length = 0;
        for (int i = 0; i < from.length; i++) {
            if (from[i] != '%') {
                to[length++] = from[i];
            } else {
                int high = i + 2 < from.length ? Character.digit(from[i + 1], 16) : -1;
                int low = i + 2 < from.length ? Character.digit(from[i + 2], 16) : -1;
                if (high < 0 || low < 0) {
                    return null;
                }
                to[length++] = (byte) (high << 4 | low);
                i += 2;
            }
        }
        return Arrays.copyOf(to, length);
    }
}
