package dev.weft.http;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is sent.
 *
 * @param method such as {@code POST}
 * @param target path and query, as they stand in the request; null for those of the endpoint's URL
 * @param headers in the order they are sent
 * @param body empty for none; nobody may write to it
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record HttpMessage(String method, @Nullable String target, List<HttpHeader> headers, byte[] body) {

    public HttpMessage {
        headers = List.copyOf(headers);
    }

    /** What is posted to the endpoint's URL. */
    public HttpMessage(List<HttpHeader> headers, byte[] body) {
        this("POST", null, headers, body);
    }
}
