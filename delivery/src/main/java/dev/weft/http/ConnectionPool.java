package dev.weft.http;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Ticker;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The connections to one host and port. Used by one event loop, so nothing is locked. What was used last is used first,
 * so that connections nobody needs grow old and are closed.
 */
final class ConnectionPool {

    private static final long SWEEP_SECONDS = 5;

    private final EventLoop loop;
    private final Dialer dialer;
    private final int maxResponseBytes;
    private final Deque<Link> offered = new ArrayDeque<>();
    private final Set<Link> links = new HashSet<>();
    private final Deque<Exchange> waiting = new ArrayDeque<>();
    private int dialling;
    private boolean sweeping;
    private boolean closed;

    /** Whether a connection takes one exchange only; unknown until TLS has agreed on it for the first time. */
    private @Nullable Boolean single;

    ConnectionPool(EventLoop loop, Dialer dialer, int maxResponseBytes) {
        this.loop = loop;
        this.dialer = dialer;
        this.maxResponseBytes = maxResponseBytes;
        this.single = dialer.isSurelySingle() ? true : null;
    }

    String host() {
        return dialer.host();
    }

    int maxResponseBytes() {
        return maxResponseBytes;
    }

    void submit(Exchange exchange) {
        waiting.add(exchange);
        serve();
    }

    /** Forgets an exchange that was given up. */
    void withdraw(Exchange exchange) {
        waiting.remove(exchange);
        exchange.abandon();
    }

    private void serve() {
        while (!waiting.isEmpty()) {
            Link link = next();
            if (link == null) {
                dial();
                return;
            }
            Exchange exchange = waiting.remove();
            link.send(exchange);
            if (!link.hasRoom() && link.isOffered()) {
                take(link);
            }
        }
    }

    private @Nullable Link next() {
        for (Link link = offered.peekFirst(); link != null; link = offered.peekFirst()) {
            if (link.hasRoom() && !link.isStale(now())) {
                return link;
            }
            take(link);
            if (link.isIdle()) {
                link.close();
            }
        }
        return null;
    }

    private void take(Link link) {
        link.takenBack();
        offered.remove(link);
    }

    private static long now() {
        return Ticker.systemTicker().nanoTime();
    }

    /** One connection at a time where it may carry many exchanges, else one for each that waits. */
    private void dial() {
        int wanted = Boolean.TRUE.equals(single) ? waiting.size() : 1;
        while (dialling < wanted) {
            dialling++;
            dialer.dial(this);
        }
    }

    void connected(Link link) {
        dialling--;
        single = link instanceof Http1Link;
        if (closed) {
            link.close();
            return;
        }
        links.add(link);
        free(link);
    }

    void refused(CallFailure failure) {
        dialling--;
        List<Exchange> failed = new ArrayList<>();
        for (int many = Boolean.TRUE.equals(single) ? 1 : waiting.size(); many > 0 && !waiting.isEmpty(); many--) {
            failed.add(waiting.remove());
        }
        if (!waiting.isEmpty()) {
            dial();
        }
        failed.forEach(exchange -> exchange.finish(failure));
    }

    /** Takes note that the connection has room. */
    void free(Link link) {
        if (link.hasRoom() && links.contains(link)) {
            if (!link.isOffered()) {
                offered.addFirst(link);
            }
            link.offeredAt(now());
            sweepLater();
        }
        serve();
    }

    void gone(Link link) {
        links.remove(link);
        if (link.isOffered()) {
            take(link);
        }
        serve();
    }

    private void sweepLater() {
        if (!sweeping && !closed) {
            sweeping = true;
            var unused = loop.schedule(this::sweep, SWEEP_SECONDS, TimeUnit.SECONDS);
        }
    }

    private void sweep() {
        sweeping = false;
        long now = now();
        List<Link> stale = offered.stream().filter(link -> link.isStale(now)).toList();
        stale.forEach(this::take);
        stale.forEach(Link::close);
        if (!links.isEmpty()) {
            sweepLater();
        }
    }

    /** Closes the connections. Exchanges are given up before. */
    void close() {
        closed = true;
        waiting.clear();
        List.copyOf(links).forEach(Link::close);
    }
}
