package dev.weft.http;

import java.util.List;

/**
 * What is posted.
 *
 * @param headers in the order they are sent
 * @param body empty for none; nobody may write to it
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record HttpMessage(List<HttpHeader> headers, byte[] body) {

    public HttpMessage {
        headers = List.copyOf(headers);
    }
}
