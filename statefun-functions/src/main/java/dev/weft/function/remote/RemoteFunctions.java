package dev.weft.function.remote;

import dev.weft.function.Answer;
import dev.weft.function.FunctionType;
import dev.weft.function.Invocation;
import dev.weft.function.Invoker;
import dev.weft.function.Message;
import dev.weft.function.ValueDeclaration;
import dev.weft.http.AddressPolicy;
import dev.weft.http.HttpEndpoint;
import dev.weft.http.HttpEndpoints;
import dev.weft.http.HttpHeader;
import dev.weft.http.HttpMessage;
import java.net.URI;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Calls functions that are served over HTTP, by the request-reply protocol of Apache StateFun 3.x: each call is a POST
 * of a batch, and says in one answer all that the function asks for. No thread waits for it. How many calls are under
 * way at once is for the caller to bound; how long one takes and how large its answer is are bounded here.
 *
 * <p>A call belongs to the trace of its first message that has one. What an outcome means is said at
 * {@link CallAnswer}.
 */
public final class RemoteFunctions implements Invoker {

    /** The most functions of one endpoint that have connections of their own. */
    private static final int MOST_NAMES = 256;

    private static final Pattern TRACE =
            Pattern.compile("(?!ff)[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}(-[!-~]*)?");

    private final RemoteEndpoint endpoint;
    private final UrlTemplate template;
    private final AddressPolicy policy;
    private final Map<String, String> environment;
    private final Map<URI, Server> servers = new LinkedHashMap<>(16, 0.75f, true);
    private boolean closed;

    /**
     * Nothing is connected before the first call.
     *
     * @param environment where secrets are looked up
     */
    public RemoteFunctions(RemoteEndpoint endpoint, AddressPolicy policy, Map<String, String> environment) {
        this.endpoint = endpoint;
        this.template = new UrlTemplate(endpoint.urlTemplate());
        this.policy = policy;
        this.environment = environment;
    }

    /** Returns nothing: a remote function declares its values when it is called. */
    @Override
    public List<ValueDeclaration> declared(FunctionType type) {
        return List.of();
    }

    @Override
    public void call(Invocation invocation, Consumer<Answer> answer) {
        String name = invocation.target().type().name();
        Optional<URI> url = template.of(name);
        if (closed) {
            answer.accept(new Answer.Failed("calls have ended", true));
        } else if (url.isEmpty()) {
            String detail = "the name %s makes no URL of %s".formatted(Excerpt.of(name), endpoint.urlTemplate());
            answer.accept(new Answer.Failed(detail, false));
        } else {
            server(url.get()).call(invocation, answer);
        }
    }

    private Server server(URI url) {
        Server server = servers.computeIfAbsent(
                url, key -> new Server(key, HttpEndpoints.open(endpoint.http().at(key), policy, environment)));
        if (servers.size() > MOST_NAMES) {
            closeOldestIdle(server);
        }
        return server;
    }

    /** Names may come out of messages, so there may be any number of them. */
    private void closeOldestIdle(Server wanted) {
        Iterator<Server> byUse = servers.values().iterator();
        while (byUse.hasNext()) {
            Server server = byUse.next();
            if (server != wanted && server.isIdle()) {
                byUse.remove();
                server.endpoint.close();
                return;
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        List<Server> open = new ArrayList<>(servers.values());
        servers.clear();
        open.forEach(server -> server.endpoint.close());
    }

    /** Where functions of one URL are served. */
    private static final class Server {

        private final URI url;
        private final HttpEndpoint endpoint;
        private final AtomicInteger underWay = new AtomicInteger();

        Server(URI url, HttpEndpoint endpoint) {
            this.url = url;
            this.endpoint = endpoint;
        }

        boolean isIdle() {
            return underWay.get() == 0;
        }

        void call(Invocation invocation, Consumer<Answer> answer) {
            List<HttpHeader> headers = new ArrayList<>(2);
            headers.add(new HttpHeader("content-type", CallAnswer.CONTENT));
            trace(invocation).ifPresent(trace -> headers.add(new HttpHeader("traceparent", trace)));
            HttpMessage message = new HttpMessage(headers, BatchRequest.bytes(invocation));
            underWay.incrementAndGet();
            endpoint.post(message, result -> {
                underWay.decrementAndGet();
                answer.accept(CallAnswer.of(url, result));
            });
        }

        /** A text that is no trace is left out: it would be the end of a call that is otherwise right. */
        private static Optional<String> trace(Invocation invocation) {
            return invocation.messages().stream()
                    .map(Message::trace)
                    .filter(Objects::nonNull)
                    .filter(trace -> TRACE.matcher(trace).matches())
                    .findFirst();
        }
    }
}
