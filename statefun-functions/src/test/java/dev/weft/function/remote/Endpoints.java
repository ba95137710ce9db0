package dev.weft.function.remote;

import dev.weft.function.FunctionTerms;
import dev.weft.function.TypePattern;
import dev.weft.http.AddressPolicy;
import dev.weft.http.HttpSettings;
import dev.weft.http.TlsFiles;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/** Endpoints that tests call. */
final class Endpoints {

    private static final Duration LONG = Duration.ofSeconds(60);

    private Endpoints() {}

    static RemoteFunctions patient(URI url) {
        return patient(url.toString());
    }

    static RemoteFunctions patient(String url) {
        return limited(url, LONG, 1 << 20);
    }

    static RemoteFunctions limited(String url, Duration timeout, int maxResponseBytes) {
        return open(url, settings(url).within(timeout, LONG, 1000, maxResponseBytes));
    }

    static RemoteFunctions trusting(TlsFiles tls, String url) {
        return open(url, settings(url).within(LONG, LONG, 1000, 1 << 20).trusting(tls));
    }

    private static HttpSettings settings(String url) {
        return HttpSettings.of(URI.create(url.replace(UrlTemplate.NAME, "name")));
    }

    private static RemoteFunctions open(String url, HttpSettings http) {
        RemoteEndpoint endpoint = new RemoteEndpoint(TypePattern.parse("shop/*"), url, http, FunctionTerms.USUAL);
        return new RemoteFunctions(endpoint, AddressPolicy.open(), Map.of());
    }
}
