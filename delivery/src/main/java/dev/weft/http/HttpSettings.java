package dev.weft.http;

import dev.weft.config.SecretText;
import java.io.Serializable;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an HTTP endpoint before it is called. Holds references to secrets, no secrets.
 *
 * @param url http or https, with a host, without user information and fragment
 * @param timeout for the whole call, from when it is asked for
 * @param connectTimeout for one connection, TLS included
 * @param concurrency the most calls at once, of the whole job; who calls keeps to it
 * @param headers sent with each call
 * @param auth null for none
 * @param maxResponseBytes of an answer's body
 */
public record HttpSettings(
        URI url,
        EventMode mode,
        HttpProtocol version,
        Duration timeout,
        Duration connectTimeout,
        int concurrency,
        Map<String, SecretText> headers,
        @Nullable HttpAuth auth,
        TlsFiles tls,
        RedirectPolicy redirects,
        int maxResponseBytes)
        implements Serializable {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final int CONCURRENCY = 64;
    private static final int MAX_RESPONSE_BYTES = 1_000_000;

    public HttpSettings {
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    /** Returns an endpoint of which nothing but the address is said. */
    public static HttpSettings of(URI url) {
        return new HttpSettings(
                url,
                EventMode.BINARY,
                HttpProtocol.AUTO,
                TIMEOUT,
                CONNECT_TIMEOUT,
                CONCURRENCY,
                Map.of(),
                null,
                TlsFiles.NONE,
                RedirectPolicy.NONE,
                MAX_RESPONSE_BYTES);
    }

    /** Returns the names of the environment variables that calls look up. */
    public Set<String> variables() {
        List<SecretText> texts = new ArrayList<>(headers.values());
        if (auth != null) {
            texts.addAll(auth.texts());
        }
        if (tls.keyPassword() != null) {
            texts.add(tls.keyPassword());
        }
        return texts.stream().flatMap(text -> text.variables().stream()).collect(Collectors.toUnmodifiableSet());
    }

    /** Returns the same at another address. */
    public HttpSettings at(URI otherUrl) {
        return new HttpSettings(
                otherUrl,
                mode,
                version,
                timeout,
                connectTimeout,
                concurrency,
                headers,
                auth,
                tls,
                redirects,
                maxResponseBytes);
    }

    /** Returns the same with another mode and version. */
    public HttpSettings speaking(EventMode otherMode, HttpProtocol otherVersion) {
        return new HttpSettings(
                url,
                otherMode,
                otherVersion,
                timeout,
                connectTimeout,
                concurrency,
                headers,
                auth,
                tls,
                redirects,
                maxResponseBytes);
    }

    /** Returns the same with other limits. */
    public HttpSettings within(
            Duration otherTimeout, Duration otherConnectTimeout, int otherConcurrency, int otherMaxResponseBytes) {
        return new HttpSettings(
                url,
                mode,
                version,
                otherTimeout,
                otherConnectTimeout,
                otherConcurrency,
                headers,
                auth,
                tls,
                redirects,
                otherMaxResponseBytes);
    }

    /** Returns the same with other headers and credentials. */
    public HttpSettings sending(Map<String, SecretText> otherHeaders, @Nullable HttpAuth otherAuth) {
        return new HttpSettings(
                url,
                mode,
                version,
                timeout,
                connectTimeout,
                concurrency,
                otherHeaders,
                otherAuth,
                tls,
                redirects,
                maxResponseBytes);
    }

    /** Returns the same with other files for TLS. */
    public HttpSettings trusting(TlsFiles otherTls) {
        return new HttpSettings(
                url,
                mode,
                version,
                timeout,
                connectTimeout,
                concurrency,
                headers,
                auth,
                otherTls,
                redirects,
                maxResponseBytes);
    }

    /** Returns the same with another policy for redirects. */
    public HttpSettings following(RedirectPolicy otherRedirects) {
        return new HttpSettings(
                url,
                mode,
                version,
                timeout,
                connectTimeout,
                concurrency,
                headers,
                auth,
                tls,
                otherRedirects,
                maxResponseBytes);
    }
}
