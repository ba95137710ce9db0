package dev.weft.http;

import dev.weft.http.CallFailure.Kind;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An endpoint all of whose calls run on one event loop, so that nothing about them is locked. */
final class NettyEndpoint implements HttpEndpoint {

    private static final long CLOSES_WITHIN_SECONDS = 5;

    private final HttpSettings settings;
    private final EventLoops loops;
    private final EventLoop loop;
    private final ConnectionPool pool;
    private final Credentials credentials;
    private final @Nullable ConnectionPool tokenPool;
    private final @Nullable OAuth2Tokens tokens;
    private final Map<Call, ScheduledFuture<?>> calls = new HashMap<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    NettyEndpoint(HttpSettings settings, AddressPolicy policy, Map<String, String> environment) {
        this.settings = settings;
        this.loops = EventLoops.acquire();
        this.loop = loops.next();
        this.credentials = new Credentials(settings, environment);
        TlsContexts contexts = new TlsContexts(settings.tls(), settings.version(), environment);
        Dialer dialer = new Dialer(settings.url(), settings, policy, contexts, loop, loops.blocking());
        this.pool = new ConnectionPool(loop, dialer, settings.maxResponseBytes());
        if (settings.auth() instanceof HttpAuth.OAuth2 auth) {
            HttpSettings plain = settings.speaking(settings.mode(), HttpProtocol.HTTP_1_1);
            TlsContexts one = new TlsContexts(settings.tls(), HttpProtocol.HTTP_1_1, environment);
            Dialer toTokens = new Dialer(auth.tokenUrl(), plain, policy, one, loop, loops.blocking());
            tokenPool = new ConnectionPool(loop, toTokens, OAuth2Tokens.MOST_BYTES);
            tokens = new OAuth2Tokens(auth, environment, tokenPool, loop, settings.timeout());
        } else {
            tokenPool = null;
            tokens = null;
        }
    }

    HttpSettings settings() {
        return settings;
    }

    ConnectionPool pool() {
        return pool;
    }

    Credentials credentials() {
        return credentials;
    }

    @Nullable
    OAuth2Tokens tokens() {
        return tokens;
    }

    @Override
    public void post(HttpMessage message, Consumer<CallResult> result) {
        try {
            loop.execute(() -> begin(message, result));
        } catch (RejectedExecutionException e) {
            result.accept(closedFailure());
        }
    }

    private void begin(HttpMessage message, Consumer<CallResult> result) {
        if (closed.get()) {
            result.accept(closedFailure());
            return;
        }
        Call call = new Call(this, message, result);
        calls.put(
                call,
                loop.schedule(() -> call.giveUp(late()), settings.timeout().toNanos(), TimeUnit.NANOSECONDS));
        call.proceed();
    }

    void ended(Call call) {
        ScheduledFuture<?> limit = calls.remove(call);
        if (limit != null) {
            limit.cancel(false);
        }
    }

    private CallFailure late() {
        return new CallFailure(
                Kind.TIMEOUT,
                settings.url().getHost() + " gave no complete answer within "
                        + settings.timeout().toMillis() + " ms");
    }

    private static CallFailure closedFailure() {
        return new CallFailure(Kind.CLOSED, "the endpoint is closed");
    }

    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        var ending = loop.submit(this::end);
        if (!loop.inEventLoop()) {
            ending.awaitUninterruptibly(CLOSES_WITHIN_SECONDS, TimeUnit.SECONDS);
        }
        loops.release(!loop.inEventLoop());
    }

    private void end() {
        List.copyOf(calls.keySet()).forEach(call -> call.giveUp(closedFailure()));
        pool.close();
        if (tokenPool != null) {
            tokenPool.close();
        }
    }
}
