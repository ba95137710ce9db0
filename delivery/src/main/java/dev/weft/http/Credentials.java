package dev.weft.http;

import dev.weft.config.SecretText;
import dev.weft.config.SecretUnavailable;
import io.netty.util.concurrent.Ticker;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What each call carries because the config says so: headers and keys, their secrets filled in. Secrets are looked up
 * again now and then, so that a file with a new one is noticed. Used by one event loop.
 */
final class Credentials {

    private static final long KEPT_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final HttpSettings settings;
    private final Map<String, String> environment;
    private @Nullable Filled filled;
    private long filledAt;

    /** What goes into a request. Has no {@code toString} that shows it. */
    static final class Filled {
        private final List<HttpHeader> headers;
        private final @Nullable String query;

        private Filled(List<HttpHeader> headers, @Nullable String query) {
            this.headers = headers;
            this.query = query;
        }

        List<HttpHeader> headers() {
            return headers;
        }

        /** Such as {@code key=value}; null for none. */
        @Nullable
        String query() {
            return query;
        }
    }

    Credentials(HttpSettings settings, Map<String, String> environment) {
        this.settings = settings;
        this.environment = environment;
    }

    /** Throws {@link SecretUnavailable} where a secret cannot be had, or is none that a header can carry. */
    Filled current() {
        long now = Ticker.systemTicker().nanoTime();
        Filled known = filled;
        if (known == null || now - filledAt > KEPT_NANOS) {
            known = fill();
            filled = known;
            filledAt = now;
        }
        return known;
    }

    private Filled fill() {
        List<HttpHeader> headers = new ArrayList<>();
        settings.headers().forEach((name, value) -> headers.add(new HttpHeader(name, line(value))));
        HttpAuth auth = settings.auth();
        if (auth instanceof HttpAuth.Basic basic) {
            headers.add(new HttpHeader("authorization", basic(basic.user(), basic.password(), environment)));
        } else if (auth instanceof HttpAuth.Bearer bearer) {
            headers.add(new HttpHeader("authorization", "Bearer " + line(bearer.token())));
        } else if (auth instanceof HttpAuth.HeaderKey key) {
            headers.add(new HttpHeader(key.header(), line(key.value())));
        } else if (auth instanceof HttpAuth.QueryKey key) {
            return new Filled(
                    headers,
                    encoded(key.parameter()) + "=" + encoded(key.value().resolve(environment)));
        }
        return new Filled(headers, null);
    }

    static String basic(SecretText user, SecretText password, Map<String, String> environment) {
        String pair = user.resolve(environment) + ":" + password.resolve(environment);
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private String line(SecretText text) {
        String value = text.resolve(environment);
        boolean fits = value.chars().allMatch(c -> c == '\t' || c >= ' ' && c <= '~');
        if (!fits) {
            throw new SecretUnavailable(text.written() + ": holds a character that no header can hold");
        }
        return value;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
