package dev.weft.job.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** JSON over HTTP to one JobManager; every way it can go wrong becomes one sentence. */
final class RestCalls {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(60);
    private static final Duration UPLOAD = Duration.ofMinutes(5);
    private static final Duration ELECTION = Duration.ofSeconds(30);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

    private final URI address;
    private final HttpClient client;

    RestCalls(URI address) {
        this.address = address;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT)
                .build();
    }

    /** Returns the address without a slash at its end. */
    String address() {
        String text = address.toString();
        return text.substring(0, text.length() - 1);
    }

    JsonNode get(String path) throws ClusterFailure, InterruptedException {
        return call("GET", path, BodyPublishers.noBody(), "application/json", ANSWER);
    }

    JsonNode post(String path, JsonNode body) throws ClusterFailure, InterruptedException {
        return call("POST", path, BodyPublishers.ofString(body.toString()), "application/json", ANSWER);
    }

    void patch(String path) throws ClusterFailure, InterruptedException {
        call("PATCH", path, BodyPublishers.noBody(), "application/json", ANSWER);
    }

    void delete(String path) throws ClusterFailure, InterruptedException {
        call("DELETE", path, BodyPublishers.noBody(), "application/json", ANSWER);
    }

    /** Sends the file as the only part of a form, the way a browser uploads it. */
    JsonNode upload(String path, Path file) throws ClusterFailure, InterruptedException {
        String boundary = "weft-" + UUID.randomUUID();
        String head = "--%s\r\nContent-Disposition: form-data; name=\"jarfile\"; filename=\"%s\"\r\n"
                        .formatted(boundary, file.getFileName())
                + "Content-Type: application/x-java-archive\r\n\r\n";
        String tail = "\r\n--%s--\r\n".formatted(boundary);
        if (!Files.isReadable(file)) {
            throw new ClusterFailure("cannot read " + file + ": no such file, or no permission");
        }
        try {
            BodyPublisher body = BodyPublishers.concat(
                    BodyPublishers.ofString(head), BodyPublishers.ofFile(file), BodyPublishers.ofString(tail));
            return call("POST", path, body, "multipart/form-data; boundary=" + boundary, UPLOAD);
        } catch (IOException e) {
            throw new ClusterFailure("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private JsonNode call(String method, String path, BodyPublisher body, String type, Duration limit)
            throws ClusterFailure, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address.resolve(path))
                .method(method, body)
                .header("Content-Type", type)
                .timeout(limit)
                .build();
        HttpResponse<String> response = sendToLeader(request);
        JsonNode answer = parsed(request, response);
        if (response.statusCode() / 100 != 2) {
            throw refused(request, response.statusCode(), answer);
        }
        return answer;
    }

    /** A JobManager that is not the leader yet answers 503 and does nothing, so even a POST may be sent again. */
    private HttpResponse<String> sendToLeader(HttpRequest request) throws ClusterFailure, InterruptedException {
        Patience election = new Patience(ELECTION);
        HttpResponse<String> response = send(request);
        while (response.statusCode() == HttpURLConnection.HTTP_UNAVAILABLE && election.pause(BETWEEN_LOOKS)) {
            response = send(request);
        }
        return response;
    }

    private HttpResponse<String> send(HttpRequest request) throws ClusterFailure, InterruptedException {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (HttpConnectTimeoutException e) {
            throw unreachable("no answer within " + CONNECT.toSeconds() + " s", e);
        } catch (HttpTimeoutException e) {
            throw new ClusterFailure(
                    "%s did not answer %s %s in time"
                            .formatted(
                                    address(), request.method(), request.uri().getPath()),
                    e);
        } catch (ConnectException e) {
            throw unreachable(
                    e.getCause() instanceof UnresolvedAddressException
                            ? "unknown host " + address.getHost()
                            : "connection refused",
                    e);
        } catch (IOException e) {
            throw new ClusterFailure(
                    "the connection to %s broke during %s %s: %s"
                            .formatted(
                                    address(), request.method(), request.uri().getPath(), e.getMessage()),
                    e);
        }
    }

    private ClusterFailure unreachable(String why, Throwable cause) {
        String port = address.getPort() < 0 ? "" : " " + address.getPort();
        return new ClusterFailure(
                "cannot reach %s: %s. Is the JobManager's REST port%s?".formatted(address(), why, port), cause);
    }

    private JsonNode parsed(HttpRequest request, HttpResponse<String> response) throws ClusterFailure {
        try {
            return JSON.readTree(response.body());
        } catch (JsonProcessingException e) {
            throw new ClusterFailure(
                    "%s answered %d to %s %s without JSON: it does not look like a Flink JobManager"
                            .formatted(
                                    address(),
                                    response.statusCode(),
                                    request.method(),
                                    request.uri().getPath()),
                    e);
        }
    }

    /** Flink answers {@code {"errors": [headline, stack trace]}}; the last one says most. */
    private ClusterFailure refused(HttpRequest request, int status, JsonNode answer) {
        List<String> errors = new ArrayList<>();
        answer.path("errors").forEach(error -> errors.add(error.asText()));
        errors.removeIf(String::isBlank);
        String why = errors.isEmpty() ? "status " + status : RootCause.of(errors.get(errors.size() - 1));
        return new ClusterFailure("%s refused %s %s: %s"
                .formatted(address(), request.method(), request.uri().getPath(), why));
    }
}
