package dev.weft.http;

import java.util.Map;

/** Opens endpoints. */
public final class HttpEndpoints {

    private HttpEndpoints() {}

    /**
     * Returns an endpoint, ready to be called. Nothing is connected, looked up or read before the first call; what is
     * missing then, such as a secret or a file, is the call's failure. All endpoints of a process share a few threads.
     *
     * @param environment where secrets are looked up
     */
    public static HttpEndpoint open(HttpSettings settings, AddressPolicy policy, Map<String, String> environment) {
        return new NettyEndpoint(settings, policy, Map.copyOf(environment));
    }
}
