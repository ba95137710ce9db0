package dev.weft.testkit.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/** A server on this machine that speaks TLS, as {@code localhost}, and answers every request alike. */
public final class TlsServer implements AutoCloseable {

    private final HttpsServer server;
    private final AtomicInteger requests = new AtomicInteger();

    private TlsServer(HttpsConfigurator tls, Answer.Reply reply) throws IOException {
        this.server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(tls);
        server.createContext("/", exchange -> answer(exchange, reply));
        server.start();
    }

    /** Starts one that serves anybody. */
    public static TlsServer start(SSLContext tls, Answer.Reply reply) throws IOException {
        return new TlsServer(new HttpsConfigurator(tls), reply);
    }

    /** Starts one that wants to see a certificate that {@code tls} trusts. */
    public static TlsServer startForKnownClients(SSLContext tls, Answer.Reply reply) throws IOException {
        return new TlsServer(new KnownClients(tls), reply);
    }

    private static final class KnownClients extends HttpsConfigurator {

        KnownClients(SSLContext tls) {
            super(tls);
        }

        @Override
        public void configure(HttpsParameters connection) {
            SSLParameters wanted = getSSLContext().getDefaultSSLParameters();
            wanted.setNeedClientAuth(true);
            connection.setSSLParameters(wanted);
        }
    }

    private void answer(HttpExchange exchange, Answer.Reply reply) throws IOException {
        requests.incrementAndGet();
        try (exchange) {
            var unused = exchange.getRequestBody().readAllBytes();
            reply.headers().forEach(exchange.getResponseHeaders()::set);
            int length = reply.body().length;
            exchange.sendResponseHeaders(reply.status(), length == 0 ? -1 : length);
            if (length > 0) {
                exchange.getResponseBody().write(reply.body());
            }
        }
    }

    /** Returns its address with this path. */
    public URI uri(String path) {
        return URI.create("https://localhost:" + server.getAddress().getPort() + path);
    }

    /** Returns how many requests came so far. */
    public int requests() {
        return requests.get();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
