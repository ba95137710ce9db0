package dev.weft.job.flink.function;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.http.HttpReply;
import dev.weft.testkit.http.Answer;
import dev.weft.testkit.http.ReceivedRequest;
import dev.weft.testkit.http.ScriptedServer;
import dev.weft.workflow.call.StandIn;
import dev.weft.workflow.scenario.StubbedCalls;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The servers of a scenario, as one real one. It answers a call as the call of the same idempotency key was answered in
 * memory, where it was made before.
 */
final class StubServer implements AutoCloseable {

    private static final Pattern SERVERS = Pattern.compile("https?://(?=[a-z.]+\\.test\\b)");
    private static final String KEY = "idempotency-key";

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
                    .filter(HttpReply.class::isInstance)
                    .map(HttpReply.class::cast)
                    .map(StubServer::sent)
                    .findFirst()
                    .orElseGet(() -> Answer.status(500));
        }
    }

    private static Answer sent(HttpReply reply) {
        Map<String, String> headers = new LinkedHashMap<>();
        reply.headers().forEach(header -> headers.put(header.name(), header.value()));
        return new Answer.Reply(reply.status(), headers, reply.body());
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
        ObjectNode shown = JsonNodeFactory.instance
                .objectNode()
                .put("method", request.method())
                .put("uri", server.uri("") + request.target())
                .put("key", key);
        String body = new String(request.body(), StandardCharsets.UTF_8);
        return body.isEmpty() ? shown : shown.set("body", StandIn.json(body));
    }

    /** Returns what is compared of a call: method, URI, body and idempotency key. */
    static ObjectNode asked(ObjectNode shown) {
        return shown.deepCopy().retain("method", "uri", "body", "key");
    }

    @Override
    public void close() throws InterruptedException {
        server.close();
    }
}
