package dev.weft.scale.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * JSON over HTTP with one JobManager. Every request ends by its deadline, however little of an answer comes, and
 * whatever goes wrong becomes one sentence. Safe for use by several threads.
 *
 * <p>A redirect is followed, as older versions of Flink and some proxies send one to the leader; but not from
 * {@code https} to {@code http}.
 */
final class RestCalls {

    /** The last cause of a stack trace says most. */
    private static final Pattern CAUSE = Pattern.compile("Caused by: ([^\n]*)");

    private static final Pattern EXCEPTION = Pattern.compile("^(?:[\\w.$]+(?:Exception|Error): )+");

    private final FlinkEndpoint endpoint;
    private final URI base;
    private final HttpClient client;

    RestCalls(FlinkEndpoint endpoint) {
        this.endpoint = endpoint;
        String url = endpoint.url().toString();
        this.base = URI.create(url.endsWith("/") ? url : url + "/");
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .connectTimeout(endpoint.within().dividedBy(2));
        endpoint.tls().ifPresent(builder::sslContext);
        this.client = builder.build();
    }

    Deadline deadline() {
        return Deadline.in(endpoint.within());
    }

    JsonNode get(String path, Deadline deadline) throws RestFailure, InterruptedException {
        return call(request(path, deadline).GET().build(), deadline);
    }

    JsonNode put(String path, JsonNode body, Deadline deadline) throws RestFailure, InterruptedException {
        return call(
                request(path, deadline)
                        .PUT(BodyPublishers.ofString(body.toString()))
                        .build(),
                deadline);
    }

    JsonNode post(String path, JsonNode body, Deadline deadline) throws RestFailure, InterruptedException {
        return call(
                request(path, deadline)
                        .POST(BodyPublishers.ofString(body.toString()))
                        .build(),
                deadline);
    }

    /** Returns a text as a part of a path or of a query. */
    static String encoded(String part) {
        return URLEncoder.encode(part, UTF_8);
    }

    private HttpRequest.Builder request(String path, Deadline deadline) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(base.resolve(path))
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .timeout(deadline.left());
        endpoint.credentials().ifPresent(shown -> builder.header("Authorization", shown.header()));
        return builder;
    }

    private JsonNode call(HttpRequest request, Deadline deadline) throws RestFailure, InterruptedException {
        HttpResponse<byte[]> response = send(request, deadline);
        int status = response.statusCode();
        JsonNode answer = BoundedExchange.json(response);
        if (status / 100 == 2 && !answer.isMissingNode()) {
            return answer;
        }
        throw new RestFailure(status, sentence(request, status, answer));
    }

    private HttpResponse<byte[]> send(HttpRequest request, Deadline deadline) throws RestFailure, InterruptedException {
        try {
            return BoundedExchange.send(client, request, deadline, endpoint.answerBytes());
        } catch (HttpTimeoutException e) {
            throw new RestFailure(0, late(request));
        } catch (IOException e) {
            throw new RestFailure(0, broken(request, e));
        }
    }

    private String late(HttpRequest request) {
        return "%s did not answer %s within %d ms"
                .formatted(
                        endpoint.url(),
                        request.uri().getPath(),
                        endpoint.within().toMillis());
    }

    private String broken(HttpRequest request, IOException failure) {
        if (failure instanceof ConnectException) {
            boolean isUnknown = failure.getCause() instanceof UnresolvedAddressException;
            return "%s cannot be reached: %s"
                    .formatted(endpoint.url(), isUnknown ? "unknown host" : "connection refused");
        }
        return "%s did not answer %s: %s"
                .formatted(endpoint.url(), request.uri().getPath(), BoundedExchange.said(failure));
    }

    private String sentence(HttpRequest request, int status, JsonNode answer) {
        String path = request.method() + " " + request.uri().getPath();
        if (status == 401 || status == 403) {
            return "%s answered %d to %s: %s"
                    .formatted(
                            endpoint.url(),
                            status,
                            path,
                            endpoint.credentials().isPresent()
                                    ? "the credentials are refused"
                                    : "it wants credentials");
        }
        List<String> errors = new ArrayList<>();
        answer.path("errors").forEach(error -> errors.add(error.asText()));
        errors.removeIf(String::isBlank);
        if (!errors.isEmpty()) {
            return "%s answered %d to %s: %s"
                    .formatted(endpoint.url(), status, path, cause(errors.get(errors.size() - 1)));
        }
        return "%s answered %d to %s without JSON: %s"
                .formatted(
                        endpoint.url(),
                        status,
                        path,
                        status >= 500 ? "no JobManager leads at the moment" : "it does not look like a JobManager");
    }

    static String cause(String trace) {
        String line = trace.lines().findFirst().orElse("");
        Matcher causes = CAUSE.matcher(trace);
        while (causes.find()) {
            line = causes.group(1);
        }
        return EXCEPTION.matcher(line.trim()).replaceFirst("");
    }
}
