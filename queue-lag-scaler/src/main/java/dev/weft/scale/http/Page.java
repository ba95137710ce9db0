package dev.weft.scale.http;

import java.nio.charset.StandardCharsets;

/**
 * What is sent back for a request.
 *
 * @param status of HTTP
 * @param contentType with its character set
 */
record Page(int status, String contentType, byte[] body) {

    private static final String TEXT = "text/plain; charset=utf-8";

    static Page text(int status, String text) {
        return of(status, TEXT, text + "\n");
    }

    static Page json(String text) {
        return of(200, "application/json", text + "\n");
    }

    static Page html(String text) {
        return of(200, "text/html; charset=utf-8", text);
    }

    private static Page of(int status, String contentType, String text) {
        return new Page(status, contentType, text.getBytes(StandardCharsets.UTF_8));
    }
}
