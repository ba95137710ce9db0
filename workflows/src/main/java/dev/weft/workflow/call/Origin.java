package dev.weft.workflow.call;

import dev.weft.delivery.Breaker;
import dev.weft.http.AddressPolicy;
import dev.weft.http.CallFailure;
import dev.weft.http.CallFailure.Kind;
import dev.weft.http.CallResult;
import dev.weft.http.HttpEndpoint;
import dev.weft.http.HttpEndpoints;
import dev.weft.http.HttpMessage;
import dev.weft.http.HttpReply;
import dev.weft.http.HttpSettings;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One scheme, host and port, with the connections to it: not more than so many calls at once, and none for a while
 * where most of them fail. Safe for use by several threads.
 */
final class Origin {

    /** No connection is ever made to one above: whoever asks for that has to be told so before. */
    static final int HIGHEST_PORT = 65_535;

    private static final int NOT_IMPLEMENTED = 501;
    private static final int SERVER_ERROR = 500;
    private static final Set<Kind> OF_THE_HOST = Set.of(Kind.CONNECT, Kind.BROKEN, Kind.TIMEOUT, Kind.TLS);

    private final URI url;
    private final int concurrency;
    private final HttpEndpoint endpoint;
    private final Breaker breaker;
    private final LongSupplier millis;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private int underWay;

    private record Waiting(HttpMessage message, Consumer<CallResult> result) {}

    Origin(URI url, CallTerms terms, AddressPolicy policy, LongSupplier millis) {
        this.url = url;
        this.concurrency = terms.concurrency();
        this.breaker = new Breaker(terms.breaker());
        this.millis = millis;
        HttpSettings settings = HttpSettings.of(url)
                .within(terms.timeout(), terms.connectTimeout(), terms.concurrency(), terms.maxResponseBytes());
        this.endpoint = HttpEndpoints.open(settings, policy, Map.of());
    }

    /** Returns where a URL leads: its scheme, host and port. */
    static URI of(URI url) {
        return URI.create(url.getScheme() + "://" + url.getRawAuthority() + "/");
    }

    synchronized boolean isIdle() {
        return underWay == 0 && waiting.isEmpty();
    }

    /** Sends a message when its turn has come. Never throws, and gives exactly one result. */
    void send(HttpMessage message, Consumer<CallResult> result) {
        synchronized (this) {
            waiting.add(new Waiting(message, result));
        }
        sendNext();
    }

    void close() {
        endpoint.close();
    }

    private void sendNext() {
        for (Waiting next = take(); next != null; next = take()) {
            Waiting sent = next;
            if (begin()) {
                endpoint.post(sent.message(), result -> end(sent, result));
            } else {
                sent.result()
                        .accept(new CallFailure(
                                Kind.CONNECT, url.getHost() + " is not called for a while, as most calls have failed"));
            }
        }
    }

    private synchronized @Nullable Waiting take() {
        return underWay < concurrency ? waiting.poll() : null;
    }

    private synchronized boolean begin() {
        long now = millis.getAsLong();
        if (breaker.next(now) > now) {
            return false;
        }
        breaker.begin();
        underWay++;
        return true;
    }

    private void end(Waiting sent, CallResult result) {
        synchronized (this) {
            underWay--;
            if (tellsOfTrouble(result)) {
                breaker.failed(millis.getAsLong());
            } else {
                breaker.succeeded();
            }
        }
        try {
            sent.result().accept(result);
        } finally {
            sendNext(); // those who wait for their turn are not to wait for ever, whoever fails before them
        }
    }

    private static boolean tellsOfTrouble(CallResult result) {
        return result instanceof HttpReply reply
                ? reply.status() >= SERVER_ERROR && reply.status() != NOT_IMPLEMENTED
                : result instanceof CallFailure failure && OF_THE_HOST.contains(failure.kind());
    }
}
