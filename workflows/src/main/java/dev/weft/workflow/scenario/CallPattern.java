package dev.weft.workflow.scenario;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.config.Node;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which calls are meant. What is left out may be anything.
 *
 * @param method in upper case
 * @param uri with the query, if it is not left out of the pattern; {@code *} stands for any characters
 * @param headers their values, by names in lower case
 * @param body of objects, the members that are named
 */
public record CallPattern(
        @Nullable String method,
        @Nullable Pattern uri,
        Map<String, String> headers,
        @Nullable Node body) {

    public CallPattern {
        headers = Map.copyOf(headers);
    }

    /** Returns what matches a URI that is written with {@code *}. */
    static Pattern uri(String written) {
        String regex =
                List.of(written.split("\\*", -1)).stream().map(Pattern::quote).collect(Collectors.joining(".*"));
        return Pattern.compile(written.contains("?") ? regex : regex + "(\\?.*)?");
    }

    /** Asks of a call as {@link Seen} shows it. */
    boolean matches(ObjectNode call) {
        return (method == null || method.equals(call.path("method").asText()))
                && (uri == null || uri.matcher(call.path("uri").asText()).matches())
                && headers.entrySet().stream()
                        .allMatch(it -> it.getValue()
                                .equals(call.path("headers").path(it.getKey()).asText(null)))
                && (body == null || Comparison.isPart(body, call.path("body")));
    }
}
