package dev.weft.event;

import java.nio.charset.StandardCharsets;

/** Text on the wire. */
final class Text {

    private Text() {}

    /** Returns the UTF-8 text; ASCII, which headers nearly always are, is not decoded but widened. */
    static String of(byte[] utf8) {
        return new String(utf8, isAscii(utf8) ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
    }

    static boolean isAscii(byte[] bytes) {
        for (byte b : bytes) {
            if (b < 0) {
                return false;
            }
        }
        return true;
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
