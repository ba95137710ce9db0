package dev.weft.testkit.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request that a {@link ScriptedServer} has read to its end.
 *
 * @param nanoTime when it was read, by {@link System#nanoTime}
 * @param epochMillis the same by the wall clock
 * @param connection which of the server's connections it came over, counted from 1
 * @param method such as POST
 * @param target path and query as sent
 * @param headers as sent, in order
 * @param body empty for none; nobody may write to it
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record ReceivedRequest(
        long nanoTime,
        long epochMillis,
        int connection,
        String method,
        String target,
        List<Map.Entry<String, String>> headers,
        byte[] body) {

    /** Returns the first header of that name, whatever its case. */
    public Optional<String> header(String name) {
        return headers.stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst();
    }
}
