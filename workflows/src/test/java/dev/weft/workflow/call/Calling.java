package dev.weft.workflow.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weft.config.SecretUnavailable;
import dev.weft.http.AddressPolicy;
import dev.weft.workflow.WorkflowError;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Calls that a test makes and waits for. */
final class Calling implements AutoCloseable {

    static final ObjectMapper JSON = new ObjectMapper();

    /** What tests have for secrets. */
    static final Map<String, String> SECRETS = Map.of(
            "token", "t0p-s3cret",
            "odd", "a\"b&c\\d e/f",
            "line", "t0p-s3cret\n",
            "user", "{\"username\":\"ada\",\"password\":\"pässword\"}");

    private static final int BOUND_SECONDS = 60;

    private final HttpCaller caller;

    Calling() {
        this(CallTerms.USUAL, AddressPolicy.open());
    }

    Calling(CallTerms terms, AddressPolicy policy) {
        caller = new HttpCaller(terms, policy, Calling::secret, () -> System.nanoTime() / 1_000_000);
    }

    /** Makes the request that arguments with names of secrets for {@code SECRET(name)} make. */
    static CallRequest request(String kind, String with, Map<String, JsonNode> resources) throws Exception {
        JsonNode secrets = SecretPlaceholder.secrets(Set.of("token", "odd", "user", "line", "missing"));
        String rendered = with.replace('\'', '"');
        for (var secret : secrets.properties()) {
            rendered = rendered.replace(
                    "SECRET(" + secret.getKey() + ")", secret.getValue().textValue());
        }
        return CallRequest.of(kind, JSON.readTree(rendered), resources, "key-1");
    }

    static CallRequest http(String with) throws Exception {
        return request("http", with, Map.of());
    }

    CompletableFuture<CallOutcome> begin(CallRequest request) throws Exception {
        CompletableFuture<CallOutcome> outcome = new CompletableFuture<>();
        caller.call(CallRequest.read(request.form()), outcome::complete);
        return outcome;
    }

    CallOutcome call(CallRequest request) throws Exception {
        return begin(request).get(BOUND_SECONDS, TimeUnit.SECONDS);
    }

    JsonNode result(String with) throws Exception {
        CallOutcome outcome = call(http(with));
        if (outcome.result() == null) {
            throw new AssertionError(outcome.error());
        }
        return outcome.result();
    }

    /** Returns the error as type and status and detail. */
    String error(String with) throws Exception {
        WorkflowError error = Objects.requireNonNull(call(http(with)).error());
        return error.type().replaceFirst(".*/", "") + " " + error.status() + " " + error.detail();
    }

    @Override
    public void close() {
        caller.close();
    }

    static String secret(String name) {
        String secret = SECRETS.get(name);
        if (secret == null) {
            throw new SecretUnavailable("there is no secret \"" + name + "\"");
        }
        return secret;
    }
}
