package dev.weft.scale.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Exchanges over HTTP that are bounded: in time, however little of an answer comes, and in the answer's size. */
public final class BoundedExchange {

    private static final ObjectMapper JSON = new ObjectMapper();

    private BoundedExchange() {}

    /**
     * Returns the whole answer.
     *
     * @throws HttpTimeoutException if it is not here by the deadline
     * @throws IOException if none comes, or one of more than {@code answerBytes}
     */
    public static HttpResponse<byte[]> send(HttpClient client, HttpRequest request, Deadline deadline, int answerBytes)
            throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(request, unused -> new BoundedBody(answerBytes));
        try {
            // The client's own limit ends with the head of the answer.
            return answer.get(deadline.left().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new HttpTimeoutException("no whole answer in time");
        } catch (ExecutionException e) {
            Throwable failure = Optional.ofNullable(e.getCause()).orElse(e);
            throw failure instanceof IOException io ? io : new IOException(failure.toString(), failure);
        } finally {
            answer.cancel(true);
        }
    }

    /** Returns the JSON of an answer; a missing node where it is none. */
    public static JsonNode json(HttpResponse<byte[]> answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        } catch (IOException e) {
            throw new IllegalStateException("bytes in memory are read without a failure", e);
        }
    }

    /** Returns what a failure says of itself, or what it is. */
    public static String said(IOException failure) {
        return Optional.ofNullable(failure.getMessage()).orElseGet(failure::toString);
    }
}
