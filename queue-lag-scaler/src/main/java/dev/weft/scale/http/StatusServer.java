package dev.weft.scale.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.weft.scale.control.Answers;
import dev.weft.scale.control.DaemonThreads;
import dev.weft.scale.control.Trigger.ScaledObjectKey;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves, over plain HTTP and to whoever reaches the address:
 *
 * <ul>
 *   <li>{@code /decisions}: every ScaledObject with its newest decision, {@code /decisions/NAMESPACE/NAME}: one of them
 *       with its history; JSON, or a page for those who ask for HTML, as browsers do
 *   <li>{@code /metrics}: for Prometheus
 *   <li>{@code /healthz}: 200 while the process lives, {@code /readyz}: 200 once it can answer KEDA, 503 before
 * </ul>
 */
public final class StatusServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StatusServer.class);

    private static final int WORKERS = 4;
    private static final int MOST_WAITING = 64;
    private static final String DECISIONS = "/decisions";

    static {
        // Seconds; the JDK's server reads them once. Without them, who sends half a request keeps a worker for good.
        setUnlessSet("sun.net.httpserver.maxReqTime", "5");
        setUnlessSet("sun.net.httpserver.maxRspTime", "30");
    }

    private final HttpServer server;
    private final ExecutorService workers;
    private final Answers answers;
    private final PrometheusRegistry metrics;
    private final BooleanSupplier ready;

    private StatusServer(HttpServer server, Answers answers, PrometheusRegistry metrics, BooleanSupplier ready) {
        this.server = server;
        this.answers = answers;
        this.metrics = metrics;
        this.ready = ready;
        this.workers = new ThreadPoolExecutor(
                WORKERS,
                WORKERS,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(MOST_WAITING),
                new DaemonThreads("http"),
                new ThreadPoolExecutor.AbortPolicy());
    }

    private static void setUnlessSet(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    /**
     * Starts a server.
     *
     * @param ready whether it can answer KEDA
     * @throws IOException if the address cannot be had
     */
    public static StatusServer start(
            InetSocketAddress listen, Answers answers, PrometheusRegistry metrics, BooleanSupplier ready)
            throws IOException {
        HttpServer server = HttpServer.create(listen, 0);
        StatusServer started = new StatusServer(server, answers, metrics, ready);
        server.setExecutor(started.workers);
        server.createContext("/", started::handle);
        server.start();
        return started;
    }

    /** Returns the port it listens on, which is another than was asked for if that was 0. */
    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            send(exchange, page(exchange));
        }
    }

    private Page page(HttpExchange exchange) {
        String method = exchange.getRequestMethod();
        if (!method.equals("GET") && !method.equals("HEAD")) {
            exchange.getResponseHeaders().set("Allow", "GET, HEAD");
            return Page.text(405, "found " + method + ", expected GET");
        }
        try {
            String path = exchange.getRequestURI().getRawPath();
            return switch (path) {
                case "/healthz" -> Page.text(200, "alive");
                case "/readyz" -> ready.getAsBoolean() ? Page.text(200, "ready") : Page.text(503, "not ready");
                case "/metrics" -> metrics(exchange.getRequestHeaders().getFirst("Accept"));
                case "/" -> moved(exchange);
                default ->
                    path.equals(DECISIONS) || path.startsWith(DECISIONS + "/")
                            ? decisions(path, wantsHtml(exchange))
                            : notFound(path);
            };
        } catch (IOException | RuntimeException e) {
            LOG.error("A request of HTTP failed", e);
            return Page.text(500, "the scaler failed: see its log");
        }
    }

    private static Page moved(HttpExchange exchange) {
        exchange.getResponseHeaders().set("Location", DECISIONS);
        return Page.text(302, DECISIONS);
    }

    private static Page notFound(String path) {
        return Page.text(404, "found " + path + ", expected /decisions, /metrics, /healthz or /readyz");
    }

    private static boolean wantsHtml(HttpExchange exchange) {
        String accept = exchange.getRequestHeaders().getFirst("Accept");
        return accept != null && accept.contains("text/html");
    }

    private Page decisions(String path, boolean html) throws IOException {
        String[] parts = path.split("/", -1);
        if (parts.length == 2) {
            List<ScaledObjectKey> keys = answers.scaledObjects();
            return html
                    ? Page.html(DecisionsPage.of(keys, answers::newest))
                    : Page.json(DecisionsJson.of(keys, answers::newest));
        }
        if (parts.length != 4) {
            return Page.text(404, "found " + path + ", expected /decisions/NAMESPACE/NAME");
        }
        ScaledObjectKey key = new ScaledObjectKey(decoded(parts[2]), decoded(parts[3]));
        Optional<List<Answers.Seen>> history = answers.history(key);
        if (history.isEmpty()) {
            return Page.text(404, "ScaledObject " + key + ": KEDA did not ask about it for a while");
        }
        return html ? Page.html(DecisionsPage.of(key, history.get())) : Page.json(DecisionsJson.of(key, history.get()));
    }

    private static String decoded(String part) {
        return URLDecoder.decode(part, StandardCharsets.UTF_8);
    }

    private Page metrics(@Nullable String accept) throws IOException {
        ExpositionFormatWriter writer = ExpositionFormats.init().findWriter(accept);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        writer.write(body, metrics.scrape());
        return new Page(200, writer.getContentType(), body.toByteArray());
    }

    private static void send(HttpExchange exchange, Page page) throws IOException {
        var headers = exchange.getResponseHeaders();
        headers.set("Content-Type", page.contentType());
        headers.set("Cache-Control", "no-store");
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'");
        headers.set("Vary", "Accept");
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(page.status(), head ? -1 : page.body().length);
        if (!head) {
            exchange.getResponseBody().write(page.body());
        }
    }
}
