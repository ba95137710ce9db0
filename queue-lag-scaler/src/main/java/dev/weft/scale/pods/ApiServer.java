package dev.weft.scale.pods;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.scale.pods.DeletionCosts.Change;
import dev.weft.scale.rest.BoundedExchange;
import dev.weft.scale.rest.Deadline;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Two requests to the API server of Kubernetes: which Pods there are, and what the deletion of one costs (API of Pods,
 * v1). Every request ends by its deadline, and whatever goes wrong becomes one sentence. Safe for use by several
 * threads.
 */
final class ApiServer {

    private static final String COST = "controller.kubernetes.io/pod-deletion-cost";

    /** Whole Pods are large, and none of what the scaler need not know is sent to it. */
    private static final String METADATA =
            "application/json;as=PartialObjectMetadata%s;g=meta.k8s.io;v=v1, application/json";

    private static final int ANSWER_BYTES = 16 << 20;

    private final ServiceAccount account;
    private final Duration within;
    private Optional<Connected> connected = Optional.empty();

    /** A client, and whom it trusts: authorities are replaced, though seldom. */
    private record Connected(String authorities, HttpClient client) {}

    ApiServer(ServiceAccount account, Duration within) {
        this.account = account;
        this.within = within;
    }

    Deadline deadline() {
        return Deadline.in(within);
    }

    /** Returns the Pods of a namespace that a selector selects. */
    List<Pod> pods(String namespace, String selector, Deadline deadline) throws ApiFailure, InterruptedException {
        HttpRequest request = request(path(namespace) + "?labelSelector=" + encoded(selector), "List", deadline)
                .GET()
                .build();
        HttpResponse<byte[]> response = send(request, deadline);
        JsonNode items = BoundedExchange.json(response).path("items");
        if (response.statusCode() != 200 || !items.isArray()) {
            throw refused(request, response);
        }
        List<Pod> pods = new ArrayList<>();
        items.forEach(item -> pods.add(pod(item.path("metadata"))));
        return pods;
    }

    /** Says what the deletion of a Pod costs. A Pod that is gone meanwhile costs nothing. */
    void say(Change change, String namespace, Deadline deadline) throws ApiFailure, InterruptedException {
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        ObjectNode annotations = patch.putObject("metadata").putObject("annotations");
        if (change.isIdle()) {
            annotations.put(COST, Integer.toString(DeletionCosts.IDLE));
        } else {
            annotations.putNull(COST); // takes it away
        }
        HttpRequest request = request(path(namespace) + "/" + encoded(change.pod()), "", deadline)
                .header("Content-Type", "application/merge-patch+json")
                .method("PATCH", BodyPublishers.ofString(patch.toString()))
                .build();
        HttpResponse<byte[]> response = send(request, deadline);
        if (response.statusCode() / 100 != 2 && response.statusCode() != 404) {
            throw refused(request, response);
        }
    }

    private static Pod pod(JsonNode metadata) {
        return new Pod(
                metadata.path("name").asText(),
                metadata.path("annotations").path(COST).asInt(),
                metadata.hasNonNull("deletionTimestamp"));
    }

    private static String path(String namespace) {
        return "/api/v1/namespaces/" + encoded(namespace) + "/pods";
    }

    private static String encoded(String part) {
        return URLEncoder.encode(part, UTF_8);
    }

    private HttpRequest.Builder request(String path, String form, Deadline deadline) throws ApiFailure {
        return HttpRequest.newBuilder(account.address().resolve(path))
                .header("Accept", METADATA.formatted(form))
                .header("Authorization", "Bearer " + account.token())
                .timeout(deadline.left());
    }

    private HttpResponse<byte[]> send(HttpRequest request, Deadline deadline) throws ApiFailure, InterruptedException {
        try {
            return BoundedExchange.send(client(), request, deadline, ANSWER_BYTES);
        } catch (HttpTimeoutException e) {
            throw late(request);
        } catch (IOException e) {
            throw broken(request, e);
        }
    }

    private synchronized HttpClient client() throws ApiFailure {
        boolean isPlain = "http".equals(account.address().getScheme());
        String authorities = isPlain ? "" : account.authorities();
        Optional<Connected> present =
                connected.filter(each -> each.authorities().equals(authorities));
        if (present.isPresent()) {
            return present.get().client();
        }
        HttpClient.Builder builder =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(within.dividedBy(2));
        if (!isPlain) {
            builder.sslContext(account.trusting());
        }
        HttpClient client = builder.build();
        connected = Optional.of(new Connected(authorities, client));
        return client;
    }

    private ApiFailure late(HttpRequest request) {
        return new ApiFailure(
                "the API server did not answer %s within %d ms".formatted(inWords(request), within.toMillis()));
    }

    private static ApiFailure broken(HttpRequest request, IOException failure) {
        return new ApiFailure("the API server %s://%s did not answer %s: %s"
                .formatted(
                        request.uri().getScheme(),
                        request.uri().getAuthority(),
                        inWords(request),
                        BoundedExchange.said(failure)));
    }

    /** What the API server says of a refusal names the account, the verb and the namespace. */
    private static ApiFailure refused(HttpRequest request, HttpResponse<byte[]> response) {
        String said = BoundedExchange.json(response).path("message").asText("it does not look like an API server");
        return new ApiFailure(
                "the API server answered %d to %s: %s".formatted(response.statusCode(), inWords(request), said));
    }

    private static String inWords(HttpRequest request) {
        return request.method() + " " + request.uri().getPath();
    }
}
