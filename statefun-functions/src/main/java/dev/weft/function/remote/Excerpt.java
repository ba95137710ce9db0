package dev.weft.function.remote;

import java.nio.charset.StandardCharsets;

/** The beginning of a text of unknown origin, as it may stand in a message: on one line, of bearable length. */
public final class Excerpt {

    private static final int LONGEST = 200;
    private static final int MOST_BYTES = 4 * LONGEST; // of UTF-8

    private Excerpt() {}

    /** Returns the beginning of a text. */
    public static String of(String text) {
        String start = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
        return start.replaceAll("[\\p{Cntrl}\\s\\uFFFD]+", " ").strip();
    }

    /** Returns the beginning of bytes that are UTF-8, or nothing that can be read. */
    public static String of(byte[] text) {
        return of(new String(text, 0, Math.min(text.length, MOST_BYTES), StandardCharsets.UTF_8));
    }
}
