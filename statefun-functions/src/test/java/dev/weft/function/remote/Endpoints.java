package dev.weft.function.remote;

import dev.weft.function.FunctionTerms;
import dev.weft.function.TypePattern;
import dev.weft.http.AddressPolicy;
import dev.weft.http.HttpSettings;
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
        HttpSettings http = HttpSettings.of(URI.create(url.replace(UrlTemplate.NAME, "name")))
                .within(timeout, LONG, 1000, maxResponseBytes);
        RemoteEndpoint endpoint = new RemoteEndpoint(TypePattern.parse("shop/*"), url, http, FunctionTerms.USUAL);
        return new RemoteFunctions(endpoint, AddressPolicy.open(), Map.of());
    }
}
