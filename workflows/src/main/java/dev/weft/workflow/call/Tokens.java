package dev.weft.workflow.call;

import dev.weft.http.CallFailure;
import dev.weft.http.HttpHeader;
import dev.weft.http.HttpReply;
import dev.weft.http.TokenAnswer;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Tokens, each fetched when it is first needed and again before it expires, once for all calls that wait for it. Safe
 * for use by several threads.
 */
final class Tokens {

    private static final int MOST = 1_000;
    private static final byte[] NO_BODY = {};

    private final Origins origins;
    private final LongSupplier millis;

    private final Map<String, Entry> entries = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Entry> eldest) {
            return size() > MOST && eldest.getValue().waiting.isEmpty();
        }
    };

    /** Who waits for a token: just one of the two is there. */
    interface Waiting {
        void take(@Nullable String token, @Nullable String problem);
    }

    private static final class Entry {
        private final List<Waiting> waiting = new ArrayList<>();
        private @Nullable String token;
        private long staleAt;
    }

    Tokens(Origins origins, LongSupplier millis) {
        this.origins = origins;
        this.millis = millis;
    }

    /** Gives the token, or says why there is none: now or later. */
    void ask(TokenRequest request, Waiting whoever) {
        String key = request.key();
        String known;
        boolean first = false;
        synchronized (this) {
            Entry entry = entries.computeIfAbsent(key, absent -> new Entry());
            known = entry.token != null && millis.getAsLong() < entry.staleAt ? entry.token : null;
            if (known == null) {
                entry.waiting.add(whoever);
                first = entry.waiting.size() == 1;
            }
        }
        if (known != null) {
            whoever.take(known, null);
        } else if (first) {
            fetch(key, request);
        }
    }

    /** Forgets a token that was refused, unless another has come since. */
    synchronized void drop(TokenRequest request, String refused) {
        Entry entry = entries.get(request.key());
        if (entry != null && refused.equals(entry.token)) {
            entry.token = null;
        }
    }

    private void fetch(String key, TokenRequest request) {
        if (!request.discovers()) {
            fetch(key, request, request.url());
            return;
        }
        List<HttpHeader> headers = List.of(new HttpHeader("accept", "application/json"));
        origins.send(request.url(), "GET", headers, NO_BODY, result -> {
            if (result instanceof HttpReply reply) {
                TokenAnswer answer = TokenAnswer.of(reply);
                answer.member("token_endpoint")
                        .flatMap(Tokens::address)
                        .ifPresentOrElse(
                                endpoint -> fetch(key, request, endpoint),
                                () -> fail(key, request.url(), answer.without("token_endpoint")));
            } else {
                fail(key, request.url(), (CallFailure) result);
            }
        });
    }

    private void fetch(String key, TokenRequest request, URI endpoint) {
        origins.send(endpoint, "POST", request.headers(), request.body(), result -> {
            if (result instanceof HttpReply reply) {
                TokenAnswer answer = TokenAnswer.of(reply);
                answer.token()
                        .ifPresentOrElse(
                                token -> end(key, token, answer.freshFor(), null),
                                () -> fail(key, endpoint, answer.without("access_token")));
            } else {
                fail(key, endpoint, (CallFailure) result);
            }
        });
    }

    private void fail(String key, URI url, CallFailure failure) {
        end(key, null, Duration.ZERO, where(url) + ": " + failure.detail());
    }

    private void fail(String key, URI url, String problem) {
        end(key, null, Duration.ZERO, where(url) + " " + problem);
    }

    private static String where(URI url) {
        return "the token endpoint " + url.getHost();
    }

    private void end(String key, @Nullable String token, Duration freshFor, @Nullable String problem) {
        List<Waiting> all = new ArrayList<>();
        synchronized (this) {
            Entry entry = entries.get(key);
            if (entry != null) {
                all.addAll(entry.waiting);
                entry.waiting.clear();
                entry.token = token;
                entry.staleAt = millis.getAsLong() + freshFor.toMillis();
            }
        }
        all.forEach(each -> each.take(token, problem));
    }

    private static Optional<URI> address(String text) {
        try {
            URI url = URI.create(text);
            boolean http = "https".equals(url.getScheme()) || "http".equals(url.getScheme());
            boolean whole = url.getHost() != null && url.getPort() <= Origin.HIGHEST_PORT;
            return http && whole && url.getRawUserInfo() == null ? Optional.of(url) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** What a call does with a token, and what it does without one. */
    static Waiting either(Consumer<String> whenFetched, Consumer<String> whenFailed) {
        return (token, problem) -> {
            if (token != null) {
                whenFetched.accept(token);
            } else {
                whenFailed.accept(String.valueOf(problem));
            }
        };
    }
}
