package dev.weft.scale.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A status server in a JVM of its own: the JDK's server reads its limits once in a JVM, and here another test may have
 * been the first to use it.
 */
class HalfRequestTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void whoSendsHalfARequestKeepsNobodyFromTheProbes() throws Exception {
        Process served = start();
        List<Socket> halves = new ArrayList<>();
        try (BufferedReader printed = served.inputReader()) {
            int port = Integer.parseInt(printed.readLine());
            for (int i = 0; i < 8; i++) {
                Socket half = new Socket(InetAddress.getLoopbackAddress(), port);
                half.getOutputStream().write("GET /healthz HTTP/1.1\r\nHost: x".getBytes(US_ASCII));
                halves.add(half);
            }

            HttpRequest probe = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/healthz"))
                    .timeout(PATIENCE)
                    .build();
            assertThat(HttpClient.newHttpClient()
                            .send(probe, BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(200);
        } finally {
            served.destroyForcibly().waitFor();
            for (Socket half : halves) {
                half.close();
            }
        }
    }

    private static Process start() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:-UsePerfData",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Served.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Serves until the one that started it is gone. */
    static final class Served {

        private Served() {}

        public static void main(String[] args) throws IOException {
            try (StatusServer server = StatusServer.start(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                    new KnownAnswers(Map.of()),
                    new PrometheusRegistry(),
                    () -> true)) {
                System.out.println(server.port());
                System.in.transferTo(System.out);
            }
        }
    }
}
