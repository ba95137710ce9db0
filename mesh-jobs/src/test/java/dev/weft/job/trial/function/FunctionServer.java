package dev.weft.job.trial.function;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.flink.statefun.sdk.java.StatefulFunctionSpec;
import org.apache.flink.statefun.sdk.java.StatefulFunctions;
import org.apache.flink.statefun.sdk.java.handler.RequestReplyHandler;
import org.apache.flink.statefun.sdk.java.slice.Slice;
import org.apache.flink.statefun.sdk.java.slice.Slices;
import org.jspecify.annotations.Nullable;

/** Serves functions over HTTP as their authors would: the SDK's own handler behind the JDK's server, on loopback. */
public final class FunctionServer implements AutoCloseable {

    private static final int THREADS = 4;

    static {
        // Else the second of the two packets of an answer waits 40 ms for the first to be acknowledged.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ExecutorService threads;

    private FunctionServer(HttpServer server, ExecutorService threads) {
        this.server = server;
        this.threads = threads;
    }

    /** Starts a server of these functions on a free port. */
    public static FunctionServer start(List<StatefulFunctionSpec> functions) throws IOException {
        StatefulFunctions served = new StatefulFunctions();
        functions.forEach(served::withStatefulFunction);
        RequestReplyHandler handler = served.requestReplyHandler();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        server.setExecutor(threads);
        server.createContext("/", exchange -> serve(exchange, handler));
        server.start();
        return new FunctionServer(server, threads);
    }

    /** Returns where functions are called, whichever they are. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/functions");
    }

    private static void serve(HttpExchange exchange, RequestReplyHandler handler) throws IOException {
        byte[] request = exchange.getRequestBody().readAllBytes();
        var unused = handler.handle(Slices.wrap(request)).whenComplete((reply, failure) -> {
            try (exchange) {
                answer(exchange, reply);
            } catch (IOException callerHasGone) {
                // It calls again.
            }
        });
    }

    private static void answer(HttpExchange exchange, @Nullable Slice reply) throws IOException {
        if (reply == null) {
            exchange.sendResponseHeaders(500, -1);
            return;
        }
        byte[] body = reply.toByteArray();
        exchange.getResponseHeaders().set("content-type", "application/octet-stream");
        exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
