package dev.weft.workflow.read;

import dev.weft.config.Fields;
import dev.weft.config.Mapping;
import dev.weft.config.Node;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import dev.weft.event.AttributeRules;
import dev.weft.workflow.Await;
import dev.weft.workflow.Body;
import dev.weft.workflow.EventFilter;
import dev.weft.workflow.EventFilter.Test;
import dev.weft.workflow.Span;
import dev.weft.workflow.jq.Jq;
import dev.weft.workflow.parts.Expressions;
import dev.weft.workflow.parts.Reading;
import dev.weft.workflow.parts.Spans;
import dev.weft.workflow.read.AsyncApi.Server;
import dev.weft.workflow.read.AsyncApi.Target;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads {@code call: asyncapi} (DSL 1.0.3, "AsyncAPI call") as what the mesh does anyhow: a message that is published
 * to Kafka is an event that is emitted, one that is published by HTTP is a call, and a subscription to Kafka listens.
 */
final class AsyncApiReading {

    private static final String KAFKA = "kafka";
    private static final String HTTP = "http";
    private static final Map<String, String> PROTOCOLS =
            Map.of(KAFKA, KAFKA, "kafka-secure", KAFKA, HTTP, HTTP, "https", HTTP);
    private static final List<String> AMOUNTS = List.of("amount", "while", "until");
    private static final int MOST = 100_000;

    /** What an event has of its own. */
    private static final Set<String> OWN =
            Set.of("id", "source", "specversion", "type", "subject", "time", "datacontenttype", "dataschema");

    private final Reading reading;
    private final Problems problems;
    private final Authentications authentications;
    private final EventBodies events;

    AsyncApiReading(Reading reading, Authentications authentications, EventBodies events) {
        this.reading = reading;
        this.problems = reading.problems();
        this.authentications = authentications;
        this.events = events;
    }

    /**
     * Whom a call speaks to.
     *
     * @param at where it is named in the call
     * @param url of the server; empty where nothing tells
     */
    private record Peer(Node at, Target target, String protocol, String url) {}

    Optional<Body> read(Fields with, Place place) {
        int before = problems.count();
        Optional<AsyncApi> api = with.required("document")
                .fields()
                .flatMap(new Endpoints(reading)::resource)
                .flatMap(it -> {
                    Optional<AsyncApi> known = AsyncApi.of(it.json());
                    if (known.isEmpty()) {
                        with.required("document")
                                .node("")
                                .ifPresent(at -> problems.add(at, "\"" + it.endpoint() + "\"", "AsyncAPI 2 or 3"));
                    }
                    return known;
                });
        List.of("channel", "operation", "protocol")
                .forEach(key -> with.optional(key).text());
        Optional<Fields> server = with.optional("server").fields();
        Map<String, String> variables = server.map(this::variables).orElse(Map.of());
        Optional<Node> policy =
                with.optional("authentication").node(Authentications.EXPECTED).flatMap(authentications::read);
        boolean publishes = with.has("message");
        if (publishes == with.has("subscription")) {
            problems.add(
                    with.node(),
                    publishes ? "message beside subscription" : "neither message nor subscription",
                    "one of both");
        }
        Optional<Peer> peer = api.flatMap(it -> peer(it, with, server, variables));
        Optional<Fields> message = with.optional("message").fields();
        Optional<Fields> subscription = with.optional("subscription").fields();
        with.close();
        Optional<Body> body = Optional.empty();
        if (peer.isPresent() && message.isPresent()) {
            body = publishing(message.get(), peer.get(), policy, place);
        } else if (peer.isPresent() && subscription.isPresent()) {
            body = subscribing(subscription.get(), peer.get(), place);
        }
        if (peer.isPresent() && peer.get().protocol().equals(KAFKA) && with.has("authentication")) {
            reading.warn(
                    with.keyAt("authentication"),
                    with.path("authentication"),
                    "an authentication of Kafka",
                    "none: messages go over the connection of the job");
        }
        return problems.count() > before ? Optional.empty() : body;
    }

    private Map<String, String> variables(Fields server) {
        Map<String, String> values = new LinkedHashMap<>();
        server.required("name").text();
        server.optional("variables")
                .fields()
                .ifPresent(all -> all.members().forEach(member -> {
                    if (member.getValue() instanceof Scalar scalar
                            && scalar.value() != null
                            && !Expressions.isExpression(scalar.text())) {
                        values.put(member.getKey(), scalar.text());
                    } else {
                        problems.add(member.getValue(), member.getValue().described(), "text that is known at once");
                    }
                }));
        server.close();
        return values;
    }

    private Optional<Peer> peer(AsyncApi api, Fields with, Optional<Fields> server, Map<String, String> variables) {
        int before = problems.count();
        String other = api.kind().equals("channel") ? "operation" : "channel";
        if (with.has(other)) {
            problems.add(
                    with.keyAt(other),
                    with.path(other),
                    other + " with a document whose " + api.kind() + "s are called",
                    api.kind());
            return Optional.empty();
        }
        Optional<Node> at = with.required(api.kind()).node("the name of one of the document's " + api.kind() + "s");
        Optional<String> name = with.required(api.kind()).text();
        if (at.isEmpty() || name.isEmpty()) {
            return Optional.empty();
        }
        if (!api.names().contains(name.get())) {
            problems.addUnknown(at.get(), api.kind(), name.get(), api.names());
            return Optional.empty();
        }
        Target target = api.target(name.get());
        Optional<Server> chosen = server(api, target, with, server, variables);
        Optional<String> said = with.optional("protocol").text();
        Node speaking = said.isPresent() ? with.optional("protocol").node("").orElseThrow() : at.get();
        String protocol = said.orElseGet(() -> chosen.map(Server::protocol).orElse(""));
        String spoken = PROTOCOLS.get(protocol);
        if (problems.count() > before) {
            return Optional.empty();
        }
        if (spoken == null) {
            problems.add(
                    speaking,
                    protocol.isEmpty() ? "no protocol, here or of a server" : "the protocol \"" + protocol + "\"",
                    "kafka, or http to publish: Weft speaks no other");
            return Optional.empty();
        }
        if (target.address().contains("{")) {
            problems.add(at.get(), "the address \"" + target.address() + "\"", "an address without parameters");
            return Optional.empty();
        }
        return Optional.of(
                new Peer(at.get(), target, spoken, chosen.map(Server::url).orElse("")));
    }

    /** Returns the server that is named; or else the first one that speaks the protocol that is. */
    private Optional<Server> server(
            AsyncApi api, Target target, Fields with, Optional<Fields> server, Map<String, String> variables) {
        Optional<String> protocol = with.optional("protocol").text();
        Optional<Node> at = server.flatMap(it -> it.required("name").node("the name of a server"));
        if (at.isPresent()) {
            String name = ((Scalar) at.get()).text();
            if (!target.servers().contains(name)) {
                problems.addUnknown(at.get(), "server", name, target.servers());
                return Optional.empty();
            }
            Server named = api.server(name, variables);
            if (protocol.isPresent() && !isSame(protocol.get(), named.protocol())) {
                problems.add(
                        at.get(),
                        "the server \"" + name + "\", which speaks " + named.protocol(),
                        "one that speaks " + protocol.get());
            }
            return Optional.of(named);
        }
        return target.servers().stream()
                .map(name -> api.server(name, variables))
                .filter(each -> protocol.isEmpty() || isSame(protocol.get(), each.protocol()))
                .findFirst();
    }

    private static boolean isSame(String one, String other) {
        return PROTOCOLS.getOrDefault(one, one).equals(PROTOCOLS.getOrDefault(other, other));
    }

    private Optional<Body> publishing(Fields message, Peer peer, Optional<Node> policy, Place place) {
        Optional<Node> payload = message.optional("payload").node("what is sent");
        Optional<Fields> headers = message.optional("headers").fields();
        message.close();
        headers.ifPresent(all -> all.members().forEach(it -> {
            if (!(it.getValue() instanceof Scalar)) {
                problems.add(it.getValue(), it.getValue().described(), "text");
            }
        }));
        return peer.protocol().equals(KAFKA)
                ? emitting(message, payload, headers, peer, place)
                : calling(message, payload, headers, peer, policy, place);
    }

    private Optional<Body> emitting(
            Fields message, Optional<Node> payload, Optional<Fields> headers, Peer peer, Place place) {
        Map<String, Node> event = new LinkedHashMap<>();
        event.put("type", text(peer.at(), peer.target().message()));
        payload.ifPresent(it -> event.put("data", it));
        headers.ifPresent(all -> all.members().forEach(it -> {
            if (!AttributeRules.isName(it.getKey()) || OWN.contains(it.getKey())) {
                problems.add(
                        all.keyAt(it.getKey()),
                        all.path(it.getKey()),
                        "the header \"" + it.getKey() + "\"",
                        "a name of lower-case letters and digits, which events have not for something else");
            }
            event.put(it.getKey(), it.getValue());
        }));
        return reading.expressions()
                .template(mapping(message.node(), event), place.locals().body())
                .map(template -> new Body.Emit(template, peer.target().address()));
    }

    private Optional<Body> calling(
            Fields message,
            Optional<Node> payload,
            Optional<Fields> headers,
            Peer peer,
            Optional<Node> policy,
            Place place) {
        String path = peer.target().address();
        String url = peer.url().replaceFirst("/+$", "") + (path.startsWith("/") ? path : "/" + path);
        if (!hasHost(url)) {
            problems.add(peer.at(), "no server whose address is whole", "a server of the document to publish to");
            return Optional.empty();
        }
        Map<String, Node> endpoint = new LinkedHashMap<>();
        endpoint.put("uri", text(peer.at(), url));
        policy.ifPresent(it -> endpoint.put("authentication", it));
        Map<String, Node> with = new LinkedHashMap<>();
        with.put("method", text(peer.at(), peer.target().method()));
        with.put("endpoint", mapping(peer.at(), endpoint));
        headers.ifPresent(it -> with.put("headers", it.node()));
        payload.ifPresent(it -> with.put("body", it));
        return reading.expressions()
                .template(mapping(message.node(), with), place.locals().call())
                .map(template -> new Body.Call("http", template, Map.of(), true));
    }

    private static boolean hasHost(String url) {
        try {
            return new URI(url).getHost() != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static Node text(Node at, String text) {
        return new Scalar(at.at(), at.path(), text, text);
    }

    private static Node mapping(Node at, Map<String, Node> members) {
        return new Mapping(at.at(), at.path(), members, Map.of());
    }

    private Optional<Body> subscribing(Fields subscription, Peer peer, Place place) {
        if (!peer.protocol().equals(KAFKA)) {
            problems.add(peer.at(), "a subscription by " + peer.protocol(), "one by kafka");
        }
        Set<String> variables = place.locals().body();
        List<Test> tests = new ArrayList<>();
        tests.add(new Test.CameBy(peer.target().address()));
        subscription
                .optional("filter")
                .node("an expression that is asked of the payload")
                .flatMap(at -> reading.expressions().jq(at, variables))
                .ifPresent(jq ->
                        tests.add(new Test.Holds("data", jq, !jq.variables().isEmpty())));
        Optional<Fields> consume = subscription.required("consume").fields();
        Optional<Await.Until> until = consume.flatMap(it -> until(it, variables));
        Optional<Span> within = consume.flatMap(it -> it.optional("for").node(Spans.EXPECTED))
                .flatMap(at -> new Spans(reading).read(at, variables));
        consume.ifPresent(Fields::close);
        Optional<Body.Foreach> foreach = subscription
                .optional("foreach")
                .fields()
                .map(it -> events.foreach(it, place, place.below("with", "subscription", "foreach", "do")));
        subscription.close();
        EventFilter filter = new EventFilter(reading.nextFilter(), tests, List.of());
        return until.map(it -> new Body.Listen(
                new Await(Await.Kind.ANY, List.of(filter), it),
                Body.Read.DATA,
                foreach.orElse(null),
                within.orElse(null)));
    }

    private Optional<Await.Until> until(Fields consume, Set<String> variables) {
        List<String> said = AMOUNTS.stream().filter(consume::has).toList();
        AMOUNTS.forEach(consume::optional);
        if (said.size() != 1) {
            problems.add(
                    consume.node(),
                    said.isEmpty() ? "nothing that says how much" : String.join(" beside ", said),
                    "one of amount, while and until");
            return Optional.empty();
        }
        String kind = said.get(0);
        Node at = consume.optional(kind).node("an expression").orElseThrow();
        if (kind.equals("amount")) {
            return consume.optional(kind)
                    .integer(1, MOST)
                    .flatMap(amount -> condition(at, "length >= " + amount, variables));
        }
        Optional<Jq> written = reading.expressions().jq(at, variables);
        return kind.equals("until")
                ? written.map(Await.Until.True::new)
                : written.flatMap(jq -> condition(at, "(" + jq.text() + "\n) | not", variables));
    }

    private Optional<Await.Until> condition(Node at, String expression, Set<String> variables) {
        return reading.expressions().jq(text(at, expression), variables).map(Await.Until.True::new);
    }
}
