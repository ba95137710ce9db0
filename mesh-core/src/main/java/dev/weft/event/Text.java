package dev.weft.event;

import java.nio.charset.StandardCharsets;

/** Text on the wire is UTF-8. */
final class Text {

    private Text() {}

    static String of(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
