package dev.weft.workflow.call;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.weft.http.CallResult;
import dev.weft.workflow.Errors;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A call for whoever stands in for the world: what is asked, as it would be sent, with stars where secrets are to
 * stand; and what an answer means for the task, as {@link HttpCaller} would tell it.
 */
public final class StandIn {

    private static final ObjectMapper JSON = new ObjectMapper();

    private StandIn() {}

    /**
     * Returns what is asked: {@code method}, {@code uri}, {@code headers} by their names in lower case, {@code body}
     * (as JSON where it is any, otherwise as text), {@code authentication} and {@code key}.
     */
    public static ObjectNode shown(CallRequest request) {
        ObjectNode shown = JsonNodeFactory.instance
                .objectNode()
                .put("method", request.method())
                .put("uri", request.uri().shown());
        ObjectNode headers = shown.putObject("headers");
        request.headers()
                .forEach(header -> headers.put(header.name(), header.value().shown()));
        GuardedText body = request.body();
        if (body != null) {
            shown.set("body", json(body.shown()));
        }
        GuardedText authentication = request.authentication();
        if (authentication != null) {
            shown.set("authentication", json(authentication.shown()));
        }
        return shown.put("key", request.idempotencyKey());
    }

    /** Returns a text as JSON where it is any, otherwise as it is. */
    public static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return TextNode.valueOf(text);
        }
    }

    /** Returns what comes of the call where one of its secrets is not among those there are. */
    public static Optional<CallOutcome> refused(CallRequest request, Collection<String> secrets) {
        List<String> missing = new ArrayList<>(request.uri().secrets());
        request.headers().forEach(header -> missing.addAll(header.value().secrets()));
        Stream.of(Optional.ofNullable(request.body()), Optional.ofNullable(request.authentication()))
                .flatMap(Optional::stream)
                .forEach(text -> missing.addAll(text.secrets()));
        missing.removeAll(secrets);
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of(CallOutcome.failed(
                        Errors.AUTHORIZATION, request + ": there is no secret \"" + missing.get(0) + "\""));
    }

    /** Returns what an answer, or that there is none, means for the task. */
    public static CallOutcome outcome(CallRequest request, CallResult result) {
        return HttpAnswer.outcome(request, result);
    }
}
