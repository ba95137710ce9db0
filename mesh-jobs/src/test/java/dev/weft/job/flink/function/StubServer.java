package dev.weft.job.flink.function;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.weft.testkit.http.Answer;
import dev.weft.testkit.http.ReceivedRequest;
import dev.weft.testkit.http.ScriptedServer;
import dev.weft.workflow.scenario.Answer.Response;
import dev.weft.workflow.scenario.StubbedCalls;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The servers of a scenario, as one real one. It answers a call as the call of the same idempotency key was answered in
 * memory, where it was made before.
 */
final class StubServer implements AutoCloseable {

    private static final Pattern SERVERS = Pattern.compile("https?://(?=[a-z.]+\\.test\\b)");
    private static final String KEY = "idempotency-key";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ScriptedServer server;

    private StubServer(ScriptedServer server) {
        this.server = server;
    }

    static StubServer start() throws IOException {
        return new StubServer(ScriptedServer.recording(request -> Answer.status(500)));
    }

    /** Returns scenarios with this server in place of all those below {@code test}. */
    String inPlaceOfOthers(String scenarios) {
        return SERVERS.matcher(scenarios).replaceAll(server.uri("/").toString());
    }

    /** Answers calls from now on. */
    void answerBy(StubbedCalls calls) {
        server.answerBy(request -> answer(calls, request));
    }

    private static Answer answer(StubbedCalls calls, ReceivedRequest request) {
        synchronized (calls) {
            return request.header(KEY).flatMap(calls::answer).stream()
                    .filter(Response.class::isInstance)
                    .map(Response.class::cast)
                    .map(StubServer::sent)
                    .findFirst()
                    .orElseGet(() -> Answer.status(500));
        }
    }

    private static Answer sent(Response response) {
        JsonNode body = response.body();
        String text = body.isMissingNode() ? "" : body.isTextual() ? body.textValue() : body.toString();
        Answer.Reply reply = Answer.text(response.status(), text);
        for (Map.Entry<String, String> header : response.headers().entrySet()) {
            reply = reply.with(header.getKey(), header.getValue());
        }
        return body.isMissingNode() || response.headers().containsKey("content-type")
                ? reply
                : reply.with("content-type", body.isTextual() ? "text/plain" : "application/json");
    }

    /** Returns each call once, however often it was made, as {@link #asked} has it. */
    List<ObjectNode> asked() {
        Map<String, ObjectNode> asked = new LinkedHashMap<>();
        for (ReceivedRequest request : server.requests()) {
            String key = request.header(KEY).orElse("none");
            asked.put(key + request.target(), shown(request, key));
        }
        return List.copyOf(asked.values());
    }

    private ObjectNode shown(ReceivedRequest request, String key) {
        String uri = server.uri("") + request.target();
        return asked(request.method(), uri, Optional.of(request.body()).filter(body -> body.length > 0), key);
    }

    /** Returns what is compared of a call: method, URI, body and idempotency key. */
    static ObjectNode asked(ObjectNode shown) {
        Optional<byte[]> body = Optional.ofNullable(shown.get("body"))
                .map(node -> node.isTextual() ? node.textValue() : node.toString())
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
        return asked(
                shown.path("method").asText(),
                shown.path("uri").asText(),
                body,
                shown.path("key").asText());
    }

    private static ObjectNode asked(String method, String uri, Optional<byte[]> body, String key) {
        ObjectNode asked = JsonNodeFactory.instance
                .objectNode()
                .put("method", method)
                .put("uri", uri)
                .put("key", key);
        body.ifPresent(bytes -> asked.set("body", json(bytes)));
        return asked;
    }

    private static JsonNode json(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8);
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return TextNode.valueOf(text);
        }
    }

    @Override
    public void close() throws InterruptedException {
        server.close();
    }
}
