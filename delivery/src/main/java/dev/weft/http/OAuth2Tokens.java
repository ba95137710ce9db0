package dev.weft.http;

import dev.weft.config.SecretUnavailable;
import dev.weft.http.CallFailure.Kind;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Ticker;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A token, fetched when it is first needed and again before it expires, once for all calls that wait for it. Used by
 * one event loop.
 */
final class OAuth2Tokens {

    static final int MOST_BYTES = 65_536;

    private final HttpAuth.OAuth2 auth;
    private final Map<String, String> environment;
    private final ConnectionPool pool;
    private final EventLoop loop;
    private final Duration timeout;
    private final List<Waiting> waiting = new ArrayList<>();
    private @Nullable String token;
    private long staleAt;

    /** A call that waits for a token. */
    private record Waiting(Consumer<String> whenFetched, Consumer<CallFailure> whenFailed) {}

    OAuth2Tokens(
            HttpAuth.OAuth2 auth,
            Map<String, String> environment,
            ConnectionPool pool,
            EventLoop loop,
            Duration timeout) {
        this.auth = auth;
        this.environment = environment;
        this.pool = pool;
        this.loop = loop;
        this.timeout = timeout;
    }

    /** Gives one of the two what it asks for, now or later. */
    void ask(Consumer<String> whenFetched, Consumer<CallFailure> whenFailed) {
        String known = token;
        if (known != null && Ticker.systemTicker().nanoTime() - staleAt < 0) {
            whenFetched.accept(known);
            return;
        }
        waiting.add(new Waiting(whenFetched, whenFailed));
        if (waiting.size() == 1) {
            fetch();
        }
    }

    /** Forgets a token that was refused, unless another has come since. */
    void drop(String refused) {
        if (refused.equals(token)) {
            token = null;
        }
    }

    private void fetch() {
        HttpMessage message;
        try {
            message = request();
        } catch (SecretUnavailable e) {
            fail(new CallFailure(Kind.CREDENTIALS, String.valueOf(e.getMessage())));
            return;
        }
        Exchange exchange = new Exchange(Requests.of(auth.tokenUrl(), null, List.of(), message), this::take);
        var limit = loop.schedule(
                () -> {
                    pool.withdraw(exchange);
                    fail(new CallFailure(
                            Kind.CREDENTIALS, endpoint() + " gave no token within " + timeout.toMillis() + " ms"));
                },
                timeout.toNanos(),
                TimeUnit.NANOSECONDS);
        waiting.add(0, new Waiting(fetched -> limit.cancel(false), failed -> limit.cancel(false)));
        pool.submit(exchange);
    }

    private HttpMessage request() {
        StringBuilder form = new StringBuilder("grant_type=client_credentials");
        append(form, "scope", auth.scope());
        append(form, "audience", auth.audience());
        return new HttpMessage(
                List.of(
                        new HttpHeader("content-type", "application/x-www-form-urlencoded"),
                        new HttpHeader("accept", "application/json"),
                        new HttpHeader(
                                "authorization", Credentials.basic(auth.clientId(), auth.clientSecret(), environment))),
                form.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void append(StringBuilder form, String name, @Nullable String value) {
        if (value != null) {
            form.append('&').append(name).append('=').append(URLEncoder.encode(value, StandardCharsets.UTF_8));
        }
    }

    private void take(CallResult result) {
        if (result instanceof HttpReply reply) {
            read(TokenAnswer.of(reply));
        } else if (result instanceof CallFailure failure) {
            boolean keepsKind = failure.kind() == Kind.FORBIDDEN_ADDRESS || failure.kind() == Kind.CLOSED;
            fail(new CallFailure(keepsKind ? failure.kind() : Kind.CREDENTIALS, endpoint() + ": " + failure.detail()));
        }
    }

    private void read(TokenAnswer answer) {
        String fetched = answer.token().orElse(null);
        if (fetched == null) {
            fail(new CallFailure(Kind.CREDENTIALS, endpoint() + " " + answer.without("access_token")));
            return;
        }
        token = fetched;
        staleAt = Ticker.systemTicker().nanoTime() + answer.freshFor().toNanos();
        all().forEach(each -> each.whenFetched().accept(fetched));
    }

    private String endpoint() {
        return "the token endpoint " + pool.host();
    }

    private void fail(CallFailure failure) {
        all().forEach(each -> each.whenFailed().accept(failure));
    }

    private List<Waiting> all() {
        List<Waiting> all = List.copyOf(waiting);
        waiting.clear();
        return all;
    }
}
