package dev.weft.function.module;

import dev.weft.config.DurationText;
import dev.weft.config.Fields;
import dev.weft.config.Mapping;
import dev.weft.config.Node;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import dev.weft.function.remote.RemoteEndpoint;
import dev.weft.function.remote.RemoteEndpointReader;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads where functions are served, {@code io.statefun.endpoints.v2/http} and its older form, by saying the same in the
 * words of our own endpoints, and having that read.
 *
 * <p>Of the limits of StateFun's transports, {@code call} becomes that of one call, {@code connect} that of one
 * connection. Ours has none for the parts of a call, so {@code read}, where it is said, shortens the call to the time
 * in which an answer would have had to begin. {@code pool_size} bounds the calls at once, {@code payload_max_bytes} the
 * answer; {@code pool_ttl} changes nothing, as connections are kept while they are used. How often a call is repeated
 * is as usual with us.
 */
final class EndpointReader {

    private static final String OKHTTP = "io.statefun.transports.v1/okhttp";
    private static final String ASYNC = "io.statefun.transports.v1/async";
    private static final List<String> TRANSPORTS = List.of(ASYNC, OKHTTP);

    /** Of each limit for a part of a call. */
    private static final Duration PART = Duration.ofSeconds(10);

    private static final String PATH = "the absolute path of a file";
    private static final String BYTES = "a number of bytes";

    private final Problems problems;

    EndpointReader(Problems problems) {
        this.problems = problems;
    }

    /** Reads the form in which the transport is always the first one that StateFun had. */
    Optional<RemoteEndpoint> readFirst(Component component) {
        Map<String, Node> said = new LinkedHashMap<>();
        okhttp(component.spec(), said);
        return read(component.spec(), said);
    }

    /** Reads the form that names a transport. */
    Optional<RemoteEndpoint> readSecond(Component component) {
        Fields spec = component.spec();
        Map<String, Node> said = new LinkedHashMap<>();
        transport(spec.optional("transport").fields().orElseGet(() -> nothing(spec)), said);
        return read(spec, said);
    }

    private Optional<RemoteEndpoint> read(Fields spec, Map<String, Node> said) {
        spec.required("functions").node("namespace/name or namespace/*").ifPresent(it -> said.put("functions", it));
        spec.required("urlPathTemplate").node("a URL").ifPresent(it -> said.put("url", it));
        spec.optional("maxNumBatchRequests").node("a whole number").ifPresent(it -> said.put("maxBatch", it));
        spec.close();
        if (!said.containsKey("functions") || !said.containsKey("url")) {
            return Optional.empty();
        }
        return RemoteEndpointReader.read(Fields.of(mapping(spec.node(), said), problems), problems);
    }

    /** Without a type, what is said decides: the manual has the one transport as the default, the runtime the other. */
    private void transport(Fields fields, Map<String, Node> said) {
        Optional<Node> type = fields.optional("type").node(ASYNC);
        String name = type.map(it -> it instanceof Scalar scalar ? scalar.text() : it.described())
                .orElse(fields.has("timeouts") ? OKHTTP : ASYNC);
        if (name.equals(OKHTTP)) {
            okhttp(fields, said);
            fields.close();
        } else if (name.equals(ASYNC)) {
            async(fields, said);
            fields.close();
        } else {
            type.ifPresent(it -> problems.addUnknown(it, "transport", name, TRANSPORTS));
        }
    }

    private void okhttp(Fields parent, Map<String, Node> said) {
        Fields fields = parent.optional("timeouts").fields().orElseGet(() -> nothing(parent));
        Limit call = limit(fields, "call", Duration.ofMinutes(1));
        Limit connect = limit(fields, "connect", PART);
        Limit write = limit(fields, "write", PART);
        Limit read = limit(fields, "read", PART);
        fields.close();
        Duration untilAnswer = connect.time().plus(write.time()).plus(read.time());
        boolean isShorter = fields.has("read") && untilAnswer.compareTo(call.time()) < 0;
        said.put("timeout", isShorter ? new Limit(read.at(), untilAnswer).scalar() : call.scalar());
        said.put("connectTimeout", connect.scalar());
    }

    private void async(Fields fields, Map<String, Node> said) {
        said.put("timeout", limit(fields, "call", Duration.ofMinutes(2)).scalar());
        said.put(
                "connectTimeout",
                limit(fields, "connect", Duration.ofSeconds(20)).scalar());
        limit(fields, "pool_ttl", Duration.ZERO);
        fields.optional("pool_size").node("a whole number").ifPresent(it -> said.put("concurrency", it));
        fields.optional("payload_max_bytes")
                .node(BYTES)
                .flatMap(this::bytes)
                .ifPresent(it -> said.put("maxResponseBytes", it));
        Map<String, Node> tls = tls(fields);
        if (!tls.isEmpty()) {
            said.put("tls", mapping(fields.node(), tls));
        }
    }

    private Map<String, Node> tls(Fields fields) {
        Map<String, Node> tls = new LinkedHashMap<>();
        file(fields, "trust_cacerts").ifPresent(it -> tls.put("ca", it));
        Optional<Scalar> certificate = file(fields, "client_cert");
        Optional<Scalar> key = file(fields, "client_key");
        Optional<Scalar> password = file(fields, "client_key_password");
        if (certificate.isPresent() && key.isPresent()) {
            tls.put("certificate", certificate.get());
            tls.put("key", key.get());
            password.ifPresent(it -> tls.put("keyPassword", written(it, "${file:" + it.text() + "}")));
        } else if (fields.has("client_cert") != fields.has("client_key")
                || fields.has("client_key_password") && !fields.has("client_key")) {
            problems.add(
                    fields.node(), "one of client_cert and client_key, or their password alone", "both, or neither");
        }
        return tls;
    }

    private Optional<Scalar> file(Fields fields, String key) {
        return fields.optional(key).node(PATH).flatMap(at -> {
            if (at instanceof Scalar scalar && scalar.value() instanceof String text && text.startsWith("/")) {
                return Optional.of(scalar);
            }
            problems.add(at, at.described(), PATH);
            return Optional.empty();
        });
    }

    private Optional<Node> bytes(Node at) {
        if (at instanceof Scalar scalar
                && scalar.value() instanceof BigDecimal
                && scalar.text().matches("\\d{1,9}")) {
            return Optional.of(written(scalar, scalar.text() + "B"));
        }
        problems.add(at, at.described(), BYTES);
        return Optional.empty();
    }

    private Limit limit(Fields fields, String key, Duration usual) {
        Optional<Node> at = fields.optional(key).node(SpacedDuration.EXPECTED);
        return new Limit(
                at.orElse(fields.node()),
                at.flatMap(it -> SpacedDuration.read(it, problems)).orElse(usual));
    }

    /** A limit of time, and where it is said. */
    private record Limit(Node at, Duration time) {

        Node scalar() {
            return written(at, DurationText.of(time));
        }
    }

    private static Scalar written(Node at, String text) {
        return new Scalar(at.at(), at.path(), text, text);
    }

    private static Mapping mapping(Node at, Map<String, Node> members) {
        return new Mapping(at.at(), at.path(), members, Map.of());
    }

    private Fields nothing(Fields parent) {
        return Fields.of(mapping(parent.node(), Map.of()), problems);
    }
}
