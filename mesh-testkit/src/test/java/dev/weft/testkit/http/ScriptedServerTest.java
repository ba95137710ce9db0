package dev.weft.testkit.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weft.testkit.Await;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ScriptedServerTest {

    private static final Duration BOUND = Duration.ofSeconds(60);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Test
    void answersByTheScriptAndKeepsWhatItWasSent() throws Exception {
        try (ScriptedServer server = ScriptedServer.recording(
                request -> Answer.text(201, "for " + request.target()).with("X-Seen", "yes"))) {
            HttpResponse<String> response = post(server, "/a?b", "body");

            assertThat(response.statusCode()).isEqualTo(201);
            assertThat(response.body()).isEqualTo("for /a?b");
            assertThat(response.headers().firstValue("x-seen")).contains("yes");
            ReceivedRequest request = server.requests().get(0);
            assertThat(request.method()).isEqualTo("POST");
            assertThat(request.body()).asString().isEqualTo("body");
            assertThat(request.header("x-shop")).contains("main");
        }
    }

    @Test
    void readsBodiesInChunks() throws Exception {
        try (ScriptedServer server = ScriptedServer.recording(request -> Answer.status(204))) {
            Supplier<InputStream> body =
                    () -> new ByteArrayInputStream("x".repeat(100_000).getBytes(StandardCharsets.UTF_8));
            client.send(
                    HttpRequest.newBuilder(server.uri("/"))
                            .POST(BodyPublishers.ofInputStream(body))
                            .build(),
                    BodyHandlers.discarding());

            assertThat(server.requests().get(0).body()).hasSize(100_000);
        }
    }

    @Test
    void keepsConnectionsOpenBetweenRequests() throws Exception {
        try (ScriptedServer server = ScriptedServer.recording(request -> Answer.status(204))) {
            post(server, "/", "1");
            post(server, "/", "2");

            assertThat(server.connections()).isEqualTo(1);
            assertThat(server.requests())
                    .extracting(ReceivedRequest::connection)
                    .containsExactly(1, 1);
        }
    }

    @Test
    void answersRequestsSentTogetherInOrder() throws Exception {
        try (ScriptedServer server = ScriptedServer.recording(
                        request -> Answer.text(200, request.target()).after(Duration.ofMillis(1)));
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            String request = "GET /%d HTTP/1.1\r\nhost: x\r\n\r\n";
            socket.getOutputStream()
                    .write((request.formatted(1) + request.formatted(2)).getBytes(StandardCharsets.US_ASCII));

            String expected = "HTTP/1.1 200 Scripted\r\ncontent-length: 2\r\n\r\n/1"
                    + "HTTP/1.1 200 Scripted\r\ncontent-length: 2\r\n\r\n/2";
            assertThat(socket.getInputStream().readNBytes(expected.length()))
                    .asString()
                    .isEqualTo(expected);
        }
    }

    @Test
    void dripsTheWholeBody() throws Exception {
        try (ScriptedServer server =
                ScriptedServer.recording(request -> Answer.text(200, "slowly").dripping(1, Duration.ofMillis(1)))) {
            assertThat(post(server, "/", "").body()).isEqualTo("slowly");
        }
    }

    static Stream<Named<Answer>> brokenAnswers() {
        return Stream.of(
                Named.of("closed without an answer", Answer.close()),
                Named.of("no HTTP", Answer.garbage(new byte[] {1, 2, 3, '\r', '\n', '\r', '\n'})),
                Named.of("reset in mid-body", Answer.resetAmid(Answer.text(200, "x".repeat(1000)))));
    }

    @ParameterizedTest
    @MethodSource("brokenAnswers")
    void breaksAsTold(Answer broken) throws Exception {
        try (ScriptedServer server = ScriptedServer.recording(request -> broken)) {
            assertThatThrownBy(() -> post(server, "/", "")).isInstanceOf(IOException.class);
        }
    }

    @Test
    void canStaySilent() throws Exception {
        try (ScriptedServer server = ScriptedServer.recording(request -> Answer.never())) {
            CompletableFuture<HttpResponse<Void>> answer =
                    client.sendAsync(HttpRequest.newBuilder(server.uri("/")).build(), BodyHandlers.discarding());
            Await.until("the request", BOUND, () -> server.requests().size() == 1);

            assertThatThrownBy(() -> answer.get(200, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
            answer.cancel(true);
        }
    }

    @Test
    void startsAgainOnTheSamePort() throws Exception {
        try (ScriptedServer server = ScriptedServer.recording(request -> Answer.status(204))) {
            post(server, "/", "");
            server.stop();
            assertThatThrownBy(() -> post(server, "/", "")).isInstanceOf(IOException.class);

            server.start();
            server.answerBy(request -> Answer.status(503));

            assertThat(post(server, "/", "").statusCode()).isEqualTo(503);
            assertThat(server.requests()).hasSize(2);
        }
    }

    @Test
    void servesHundredsOfConnectionsAtOnce() throws Exception {
        AtomicInteger seen = new AtomicInteger();
        try (ScriptedServer server = ScriptedServer.observed(
                0, request -> Answer.status(204).after(Duration.ofMillis(100)), request -> seen.incrementAndGet())) {
            List<CompletableFuture<HttpResponse<Void>>> calls = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                calls.add(
                        client.sendAsync(HttpRequest.newBuilder(server.uri("/")).build(), BodyHandlers.discarding()));
            }
            calls.forEach(CompletableFuture::join);

            assertThat(seen).hasValue(300);
            assertThat(server.requests()).isEmpty();
        }
    }

    private HttpResponse<String> post(ScriptedServer server, String path, String body) throws Exception {
        return client.send(
                HttpRequest.newBuilder(server.uri(path))
                        .header("X-Shop", "main")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }
}
