package dev.weft.function.remote;

import dev.weft.config.Fields;
import dev.weft.config.Mapping;
import dev.weft.config.Node;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import dev.weft.function.FunctionTerms;
import dev.weft.function.TypePattern;
import dev.weft.http.HttpSettings;
import dev.weft.http.HttpSettingsReader;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads what is said of a place where functions are served: the mapping {@code endpoint} of functions. Keys that
 * targets have too mean the same and have the same bounds.
 *
 * <pre>{@code
 * endpoint:
 *   functions: shop.fraud/*
 *   url: https://functions.shop/{function.name}
 *   timeout: 30s
 *   retry: { maxAttempts: 10, base: 200ms, cap: 5s }
 * }</pre>
 */
public final class RemoteEndpointReader {

    /** What keys an endpoint shares with the mapping {@code http} of a target. */
    private static final List<String> AS_TARGETS = List.of(
            "version", "timeout", "connectTimeout", "concurrency", "headers", "auth", "tls", "maxResponseBytes");

    private static final String FUNCTIONS = "namespace/name, or namespace/* for all functions of a namespace";
    private static final Pattern FUNCTIONS_FORM = Pattern.compile("[^\\s*]+/([^\\s*/]+|\\*)");
    private static final String URL = "a URL, in which " + UrlTemplate.NAME + " stands for the function's name";
    private static final String ANY_NAME = "name";
    private static final String ANY_URL = "https://" + ANY_NAME + "/";
    private static final HttpSettings ANY = HttpSettings.of(URI.create(ANY_URL));

    private static final int MOST_ATTEMPTS = 1_000_000;
    private static final int MOST_IN_BATCH = 100_000;
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final long LARGEST_VALUE = 1L << 30;

    /** With the usual delays, two minutes: as long as a call of Apache StateFun may be repeated. */
    private static final int ATTEMPTS = 20;

    private static final int RESPONSE_BYTES = 32 << 20;

    private final Problems problems;

    private RemoteEndpointReader(Problems problems) {
        this.problems = problems;
    }

    /**
     * Returns the endpoint, or nothing where something needed is not right: there are problems then. Closes the fields.
     */
    public static Optional<RemoteEndpoint> read(Fields fields, Problems problems) {
        return new RemoteEndpointReader(problems).endpoint(fields);
    }

    private Optional<RemoteEndpoint> endpoint(Fields fields) {
        Optional<TypePattern> functions = fields.required("functions").parsed(FUNCTIONS, RemoteEndpointReader::pattern);
        Optional<Node> url = fields.required("url").node(URL);
        AS_TARGETS.forEach(fields::optional);
        Optional<HttpSettings> http = HttpSettingsReader.read(Fields.of(asTarget(fields, url), problems), problems)
                .map(read -> withUsual(read, fields));
        FunctionTerms terms = terms(fields, http.orElse(ANY));
        fields.close();
        if (url.isEmpty() || http.isEmpty()) {
            return Optional.empty();
        }
        String template = ((Scalar) url.get()).text(); // else there were no settings
        return functions.map(pattern -> new RemoteEndpoint(pattern, template, http.get(), terms));
    }

    private static Optional<TypePattern> pattern(String text) {
        return FUNCTIONS_FORM.matcher(text).matches() ? Optional.of(TypePattern.parse(text)) : Optional.empty();
    }

    /** The template is no URL, but it is with a name. Where there is none, the rest is read as of any. */
    private static Node asTarget(Fields fields, Optional<Node> url) {
        Node node = fields.node();
        if (!(node instanceof Mapping mapping)) {
            return node;
        }
        Map<String, Node> members = new LinkedHashMap<>();
        members.put(
                "url", url.map(RemoteEndpointReader::withName).orElse(new Scalar(node.at(), node.path(), ANY_URL, "")));
        for (String key : AS_TARGETS) {
            Node member = mapping.get(key);
            if (member != null) {
                members.put(key, member);
            }
        }
        return new Mapping(node.at(), node.path(), members, mapping.keys());
    }

    private static Node withName(Node url) {
        return url instanceof Scalar scalar && scalar.value() instanceof String text
                ? new Scalar(scalar.at(), scalar.path(), text.replace(UrlTemplate.NAME, ANY_NAME), scalar.text())
                : url;
    }

    /** What is usual for a function is more than for a target that takes an event. */
    private static HttpSettings withUsual(HttpSettings read, Fields fields) {
        FunctionTerms usual = FunctionTerms.USUAL;
        return read.within(
                fields.has("timeout") ? read.timeout() : usual.timeout(),
                read.connectTimeout(),
                fields.has("concurrency") ? read.concurrency() : usual.concurrency(),
                fields.has("maxResponseBytes") ? read.maxResponseBytes() : RESPONSE_BYTES);
    }

    private FunctionTerms terms(Fields fields, HttpSettings http) {
        FunctionTerms usual = FunctionTerms.USUAL;
        int maxBatch = fields.optional("maxBatch").integer(1, MOST_IN_BATCH).orElse(usual.maxBatch());
        long maxValue = fields.optional("maxValueBytes").size(1, LARGEST_VALUE).orElse(usual.maxValueBytes());
        Optional<Fields> retry = fields.optional("retry").fields();
        int attempts = retry.flatMap(it -> it.optional("maxAttempts").integer(1, MOST_ATTEMPTS))
                .orElse(ATTEMPTS);
        Optional<Duration> base = retry.flatMap(it -> it.optional("base").duration(SHORTEST, LONGEST));
        Optional<Duration> cap = retry.flatMap(it -> it.optional("cap").duration(SHORTEST, LONGEST));
        retry.ifPresent(Fields::close);
        Duration first = base.orElse(usual.firstDelay());
        Duration most = cap.orElse(first.compareTo(usual.longestDelay()) > 0 ? first : usual.longestDelay());
        if (first.compareTo(most) > 0) {
            retry.ifPresent(it ->
                    problems.add(it.keyAt("cap"), it.path("cap"), "less than base", "a cap that is not below base"));
        }
        return new FunctionTerms(
                maxBatch,
                http.concurrency(),
                http.timeout(),
                attempts,
                first,
                most,
                maxValue,
                Math.max(maxValue, usual.maxValuesBytes()));
    }
}
