package dev.weft.benchmarks.delivery;

import dev.weft.http.AddressPolicy;
import dev.weft.http.HttpEndpoint;
import dev.weft.http.HttpEndpoints;
import dev.weft.http.HttpMessage;
import dev.weft.http.HttpReply;
import dev.weft.http.HttpSettings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.function.Consumer;

/** An asynchronous HTTP client, as a loop sees it. */
interface Client {

    /** Does all that need not be done again for each call with the message. */
    Call prepare(HttpMessage message);

    /** A call that can be made, several times if need be. */
    interface Call {

        /** Gives its result, on any thread: whether the server has taken the event. */
        void begin(Consumer<Boolean> result);
    }

    /** Returns the client that Weft's jobs call with. */
    static Client ofWeft(URI url) {
        HttpEndpoint endpoint = HttpEndpoints.open(HttpSettings.of(url), AddressPolicy.open(), Map.of());
        return message -> result ->
                endpoint.post(message, answer -> result.accept(answer instanceof HttpReply reply && reply.isSuccess()));
    }

    /** Returns the client of the JDK. */
    static Client ofJdk(URI url) {
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        return message -> {
            HttpRequest.Builder builder = HttpRequest.newBuilder(url).POST(BodyPublishers.ofByteArray(message.body()));
            message.headers().forEach(header -> builder.setHeader(header.name(), header.value()));
            HttpRequest request = builder.build();
            return result -> client.sendAsync(request, BodyHandlers.discarding())
                    .whenComplete(
                            (response, failure) -> result.accept(failure == null && response.statusCode() / 100 == 2));
        };
    }
}
