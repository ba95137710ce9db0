package dev.weft.workflow.read;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weft.config.Field;
import dev.weft.config.Fields;
import dev.weft.config.Mapping;
import dev.weft.config.Node;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import dev.weft.workflow.Body;
import dev.weft.workflow.jq.UriTemplate;
import dev.weft.workflow.parts.Expressions;
import dev.weft.workflow.parts.Operations;
import dev.weft.workflow.parts.Reading;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads calls: over HTTP, by the document of an API, or of a function of the definition. */
final class CallReading {

    private static final String URI_EXPECTED = "an http or https address, which may have {names} of the input in it";
    private static final Pattern METHOD = Pattern.compile("[A-Za-z]{1,20}");
    private static final Pattern NAMED = Pattern.compile("\\{[^{}]*}");
    private static final String ELSEWHERE = "a call of http, openapi or asyncapi: Weft makes no other calls";

    private final Reading reading;
    private final Problems problems;
    private final Uses uses;
    private final Authentications authentications;
    private final AsyncApiReading messages;

    CallReading(Reading reading, Uses uses, EventBodies events) {
        this.reading = reading;
        this.problems = reading.problems();
        this.uses = uses;
        this.authentications = new Authentications(reading, uses);
        this.messages = new AsyncApiReading(reading, authentications, events);
    }

    private enum Output {
        RAW,
        CONTENT,
        RESPONSE
    }

    Optional<Body> read(Fields fields, Place place) {
        Optional<String> kind = fields.required("call").text();
        if (kind.isEmpty()) {
            fields.optional("with");
            return Optional.empty();
        }
        switch (kind.get()) {
            case "http":
                return fields.required("with").fields().flatMap(it -> http(it, place));
            case "openapi":
                return fields.required("with").fields().flatMap(it -> openapi(it, place));
            case "asyncapi":
                return fields.required("with").fields().flatMap(it -> messages.read(it, place));
            case "grpc", "a2a", "mcp":
                fields.optional("with");
                problems.add(
                        fields.required("call").node("").orElseThrow(), "the call \"" + kind.get() + "\"", ELSEWHERE);
                return Optional.empty();
            default:
                return function(fields, kind.get(), place);
        }
    }

    private Optional<Body> function(Fields fields, String name, Place place) {
        Scalar at = (Scalar) fields.required("call").node("").orElseThrow();
        boolean known = uses.function(at).isPresent();
        if (!fields.has("with")) {
            return known
                    ? Optional.of(
                            new Body.CallFunction(name, reading.expressions().identity(at)))
                    : Optional.empty();
        }
        return fields.optional("with")
                .fields()
                .flatMap(it ->
                        reading.expressions().template(it.node(), place.locals().body()))
                .map(with -> new Body.CallFunction(name, with));
    }

    private Optional<Body> http(Fields with, Place place) {
        with.required("method")
                .parsed(
                        "the name of a method, such as get, or an expression",
                        text -> Optional.of(text)
                                .filter(it -> Expressions.isExpression(it)
                                        || METHOD.matcher(it).matches()));
        Map<String, Node> changed = new LinkedHashMap<>();
        with.required("endpoint").node(URI_EXPECTED).ifPresent(at -> changed.put("endpoint", endpoint(at)));
        object(with.optional("headers"), "names with a value each, or an expression");
        with.optional("body").node("a value");
        object(with.optional("query"), "names with a value each, or an expression");
        answer(with);
        return call("http", with, changed, Map.of(), place);
    }

    private void answer(Fields with) {
        with.optional("output").oneOf(Output.class);
        with.optional("redirect").flag();
    }

    private void object(Field field, String expected) {
        field.node(expected)
                .filter(at -> !(at instanceof Mapping)
                        && !(at instanceof Scalar scalar
                                && scalar.value() instanceof String text
                                && Expressions.isExpression(text)))
                .ifPresent(at -> problems.add(at, at.described(), expected));
    }

    /** Returns {@code {uri, authentication}}, whichever of its forms stands there. */
    private Node endpoint(Node at) {
        if (!(at instanceof Mapping mapping)) {
            checkUri(at);
            return new Mapping(at.at(), at.path(), Map.of("uri", UriTemplates.expression(at)), Map.of());
        }
        Fields fields = Fields.of(mapping, problems);
        Map<String, Node> members = new LinkedHashMap<>(mapping.members());
        fields.required("uri").node(URI_EXPECTED).ifPresent(uri -> {
            checkUri(uri);
            members.put("uri", UriTemplates.expression(uri));
        });
        fields.optional("authentication")
                .node(Authentications.EXPECTED)
                .flatMap(authentications::read)
                .ifPresent(policy -> members.put("authentication", policy));
        fields.close();
        return new Mapping(mapping.at(), mapping.path(), members, mapping.keys());
    }

    private void checkUri(Node at) {
        if (!(at instanceof Scalar scalar && scalar.value() instanceof String text)) {
            problems.add(at, at.described(), URI_EXPECTED);
        } else if (!text.contains("${")) {
            if (UriTemplate.parse(text).isEmpty()) {
                problems.add(at, at.described(), URI_EXPECTED);
                return;
            }
            try {
                URI uri = new URI(NAMED.matcher(text).replaceAll("x"));
                boolean fits = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
                if (!fits || uri.getHost() == null) {
                    problems.add(at, at.described(), URI_EXPECTED);
                }
            } catch (URISyntaxException e) {
                problems.add(at, at.described() + " (" + e.getReason() + ")", URI_EXPECTED);
            }
        }
    }

    private Optional<Body> openapi(Fields with, Place place) {
        Optional<Endpoints.Resource> document =
                with.required("document").fields().flatMap(it -> new Endpoints(reading).resource(it));
        Optional<String> id = with.required("operationId").text();
        document.ifPresent(it -> id.filter(text -> !Expressions.isExpression(text))
                .ifPresent(text -> with.required("operationId")
                        .node("")
                        .ifPresent(at -> Operations.check(at, text, it.endpoint(), it.json(), problems))));
        with.optional("parameters").fields();
        Map<String, Node> changed = new LinkedHashMap<>();
        with.optional("authentication")
                .node(Authentications.EXPECTED)
                .flatMap(authentications::read)
                .ifPresent(policy -> changed.put("authentication", policy));
        answer(with);
        Map<String, JsonNode> resources = new LinkedHashMap<>();
        document.ifPresent(it -> resources.put(it.endpoint(), it.json()));
        return call("openapi", with, changed, resources, place);
    }

    private Optional<Body> call(
            String kind, Fields with, Map<String, Node> changed, Map<String, JsonNode> resources, Place place) {
        with.close();
        if (!(with.node() instanceof Mapping mapping)) {
            return Optional.empty();
        }
        Map<String, Node> members = new LinkedHashMap<>(mapping.members());
        members.putAll(changed);
        return reading.expressions()
                .template(
                        new Mapping(mapping.at(), mapping.path(), members, mapping.keys()),
                        place.locals().call())
                .map(it -> new Body.Call(kind, it, resources, true));
    }
}
