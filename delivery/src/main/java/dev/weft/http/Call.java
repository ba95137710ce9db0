package dev.weft.http;

import dev.weft.config.SecretUnavailable;
import dev.weft.http.CallFailure.Kind;
import io.netty.handler.codec.http.FullHttpRequest;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One call, from when it is asked for to its one result: fetches a token where one is needed, follows redirects where
 * that is allowed, and repeats itself once where a token was refused. Used by one event loop.
 */
final class Call {

    private static final int MOST_REDIRECTS = 5;

    private final NettyEndpoint endpoint;
    private final Consumer<CallResult> result;
    private HttpMessage message;
    private URI url;
    private int redirects;
    private boolean tokenRenewed;
    private boolean done;
    private @Nullable Exchange exchange;

    Call(NettyEndpoint endpoint, HttpMessage message, Consumer<CallResult> result) {
        this.endpoint = endpoint;
        this.message = message;
        this.result = result;
        this.url = endpoint.settings().url();
    }

    void proceed() {
        OAuth2Tokens tokens = endpoint.tokens();
        if (tokens == null) {
            send(null);
        } else {
            tokens.ask(this::send, this::finish);
        }
    }

    private void send(@Nullable String token) {
        if (done) {
            return;
        }
        try {
            Credentials.Filled filled = endpoint.credentials().current();
            List<HttpHeader> headers = filled.headers();
            if (token != null) {
                headers = new ArrayList<>(headers);
                headers.add(new HttpHeader("authorization", "Bearer " + token));
            }
            FullHttpRequest request = Requests.of(url, filled.query(), headers, message);
            Exchange next = new Exchange(request, answer -> take(answer, token));
            exchange = next;
            endpoint.pool().submit(next);
        } catch (SecretUnavailable e) {
            finish(new CallFailure(Kind.CREDENTIALS, String.valueOf(e.getMessage())));
        } catch (IllegalArgumentException e) {
            finish(new CallFailure(Kind.BROKEN, "a header holds a character that no header can hold"));
        }
    }

    private void take(CallResult answer, @Nullable String token) {
        exchange = null;
        if (answer instanceof HttpReply reply) {
            if (reply.status() == 401 && token != null && !tokenRenewed) {
                tokenRenewed = true;
                Objects.requireNonNull(endpoint.tokens()).drop(token);
                proceed();
                return;
            }
            URI next = redirection(reply);
            if (next != null) {
                redirects++;
                url = next;
                message = new HttpMessage(message.method(), null, message.headers(), message.body());
                proceed();
                return;
            }
        }
        finish(answer);
    }

    /** Returns where to go on, or null where the answer is the answer. */
    private @Nullable URI redirection(HttpReply reply) {
        boolean keepsMethod = reply.status() == 307 || reply.status() == 308;
        boolean follows = endpoint.settings().redirects() == RedirectPolicy.SAME_ORIGIN && redirects < MOST_REDIRECTS;
        if (!keepsMethod || !follows) {
            return null;
        }
        try {
            URI next = url.resolve(reply.header("location").orElse("#"));
            return next.getRawFragment() == null && isSameOrigin(url, next) ? next : null;
        } catch (IllegalArgumentException e) {
            return null; // no URL: the person who reads the answer sees it
        }
    }

    private static boolean isSameOrigin(URI one, URI other) {
        return other.getHost() != null
                && one.getScheme().equalsIgnoreCase(other.getScheme())
                && one.getHost().equalsIgnoreCase(other.getHost())
                && one.getPort() == other.getPort()
                && other.getRawUserInfo() == null;
    }

    /** Gives the call up where it is. */
    void giveUp(CallFailure failure) {
        Exchange current = exchange;
        exchange = null;
        if (current != null) {
            endpoint.pool().withdraw(current);
        }
        finish(failure);
    }

    private void finish(CallResult answer) {
        if (!done) {
            done = true;
            endpoint.ended(this);
            result.accept(answer);
        }
    }
}
