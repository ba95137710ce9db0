package dev.weft.job.trial;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;

/** Charges orders over HTTP, on loopback, and knows which it was asked to charge, and by which keys. */
final class Cashier implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(4);
    private final Map<String, Set<String>> keys = new ConcurrentHashMap<>();
    private final LongAdder calls = new LongAdder();

    private Cashier(HttpServer server) {
        this.server = server;
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
    }

    static Cashier start() throws IOException {
        // Else the second of the two packets of an answer waits 40 ms for the first to be acknowledged.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        return new Cashier(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/charge");
    }

    /** Returns by which keys each order was charged. */
    Map<String, Set<String>> keys() {
        return keys;
    }

    long calls() {
        return calls.sum();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String order = JSON.readTree(exchange.getRequestBody().readAllBytes())
                    .path("order")
                    .asText();
            String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
            calls.increment();
            keys.computeIfAbsent(order, unused -> ConcurrentHashMap.newKeySet()).add(String.valueOf(key));
            byte[] answer = "{\"receipt\":\"r-%s\"}".formatted(order).getBytes(UTF_8);
            exchange.getResponseHeaders().set("content-type", "application/json");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        } catch (IOException callerHasGone) {
            return; // it calls again
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
