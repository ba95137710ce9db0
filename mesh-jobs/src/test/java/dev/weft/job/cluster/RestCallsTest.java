package dev.weft.job.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestCallsTest {

    /** What Flink says in its first moments, and on a busy machine once did in a test. */
    private static final String ELECTING =
            "{\"errors\": [\"Service temporarily unavailable due to an ongoing leader election. Please refresh.\"]}";

    @Test
    void aJobManagerThatIsNotTheLeaderYetIsAskedAgain(@TempDir Path folder) throws Exception {
        Path jar = Files.writeString(folder.resolve("some.jar"), "a jar");
        AtomicInteger uploads = new AtomicInteger();
        HttpServer flink = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        flink.createContext("/jars/upload", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            boolean electing = uploads.incrementAndGet() < 3;
            byte[] answer = (electing ? ELECTING : "{\"filename\": \"" + body.contains("a jar") + "\"}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(electing ? 503 : 200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        flink.start();
        try {
            RestCalls calls = new RestCalls(
                    URI.create("http://127.0.0.1:" + flink.getAddress().getPort() + "/"));

            assertThat(calls.upload("jars/upload", jar).path("filename").asText())
                    .isEqualTo("true");
            assertThat(uploads).hasValue(3);
        } finally {
            flink.stop(0);
        }
    }
}
