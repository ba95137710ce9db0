package dev.weft.http;

import java.util.List;
import java.util.Optional;

/**
 * An answer.
 *
 * @param status such as 202
 * @param body empty for none; nobody may write to it
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record HttpReply(int status, List<HttpHeader> headers, byte[] body) implements CallResult {

    public HttpReply {
        headers = List.copyOf(headers);
    }

    /** Whether the endpoint says that it has taken the message. */
    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /** Returns the first header of that name. */
    public Optional<String> header(String name) {
        return headers.stream()
                .filter(header -> header.name().equalsIgnoreCase(name))
                .map(HttpHeader::value)
                .findFirst();
    }
}
