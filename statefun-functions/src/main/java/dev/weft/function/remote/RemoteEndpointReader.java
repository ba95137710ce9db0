package dev.weft.function.remote;

import dev.weft.config.Fields;
import dev.weft.config.Mapping;
import dev.weft.config.Node;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import dev.weft.function.FunctionTerms;
import dev.weft.function.FunctionTermsReader;
import dev.weft.function.TypePattern;
import dev.weft.http.HttpSettings;
import dev.weft.http.HttpSettingsReader;
import java.net.URI;
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

    /** As often as takes, with the usual delays, two minutes: as long as Apache StateFun may repeat a call. */
    private static final FunctionTerms USUAL =
            FunctionTerms.USUAL.withRetry(20, FunctionTerms.USUAL.firstDelay(), FunctionTerms.USUAL.longestDelay());

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
        HttpSettings called = http.orElse(ANY);
        FunctionTerms terms = FunctionTermsReader.readShared(
                fields, USUAL.withCalls(called.concurrency(), called.timeout()), problems);
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
        return read.within(
                fields.has("timeout") ? read.timeout() : USUAL.timeout(),
                read.connectTimeout(),
                fields.has("concurrency") ? read.concurrency() : USUAL.concurrency(),
                fields.has("maxResponseBytes") ? read.maxResponseBytes() : RESPONSE_BYTES);
    }
}
