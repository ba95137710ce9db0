package dev.weft.http;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Calls that a test waits for. */
final class Calls {

    private static final Duration BOUND = Duration.ofSeconds(60);

    private Calls() {}

    static HttpEndpoint open(HttpSettings settings) {
        return open(settings, AddressPolicy.open(), Map.of());
    }

    static HttpEndpoint open(HttpSettings settings, AddressPolicy policy, Map<String, String> environment) {
        return HttpEndpoints.open(settings, policy, environment);
    }

    static HttpMessage message(String body) {
        return new HttpMessage(List.of(new HttpHeader("ce-id", "1")), body.getBytes(StandardCharsets.UTF_8));
    }

    static CompletableFuture<CallResult> begin(HttpEndpoint endpoint) {
        CompletableFuture<CallResult> result = new CompletableFuture<>();
        endpoint.post(message("body"), result::complete);
        return result;
    }

    static CallResult await(CompletableFuture<CallResult> result) throws Exception {
        return result.get(BOUND.toSeconds(), TimeUnit.SECONDS);
    }

    static CallResult call(HttpEndpoint endpoint) throws Exception {
        return await(begin(endpoint));
    }

    static HttpReply reply(HttpEndpoint endpoint) throws Exception {
        CallResult result = call(endpoint);
        if (result instanceof HttpReply reply) {
            return reply;
        }
        throw new AssertionError(result);
    }

    static CallFailure failure(HttpEndpoint endpoint) throws Exception {
        CallResult result = call(endpoint);
        if (result instanceof CallFailure failure) {
            return failure;
        }
        throw new AssertionError("answered " + ((HttpReply) result).status());
    }
}
