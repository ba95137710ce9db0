package dev.weft.workflow.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.config.Nearest;
import dev.weft.workflow.Errors;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A description of an API: OpenAPI 3.0 and 3.1, Swagger 2.0. Tells how its operations are called over HTTP.
 *
 * <p>A parameter is given by its name. What is given and is no parameter is the body of OpenAPI 3: {@code body} as a
 * whole, or else all of it together. References lead within the document only; of several servers the first is called,
 * and what the document says of security is left to the policy of the task.
 */
public final class OpenApi {

    private static final Set<String> METHODS =
            Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace");
    private static final int DEEPEST_REFERENCE = 20;
    private static final String JSON = "application/json";

    private final JsonNode document;
    private final String address;
    private final boolean swagger;

    /** Where an operation stands in the document. */
    private record Operation(String path, String method, JsonNode item, JsonNode said) {}

    /**
     * Reads a document.
     *
     * @param address where it was found; servers that it does not name whole are beside it
     * @throws CallMistake if it is of no version that is known
     */
    public OpenApi(JsonNode document, String address) throws CallMistake {
        this.document = document;
        this.address = address;
        this.swagger = document.path("swagger").asText().startsWith("2.");
        if (!swagger && !document.path("openapi").asText().startsWith("3.")) {
            throw new CallMistake(
                    Errors.CONFIGURATION, "document: found " + address + ", expected OpenAPI 3 or Swagger 2.0");
        }
    }

    /** Returns the ids of all operations. */
    public Set<String> operations() {
        Set<String> ids = new TreeSet<>();
        for (Operation operation : all()) {
            String id = operation.said().path("operationId").asText();
            if (!id.isEmpty()) {
                ids.add(id);
            }
        }
        return ids;
    }

    /** Returns the call of an operation as the arguments of a call over HTTP. */
    ObjectNode call(String operationId, JsonNode given) throws CallMistake {
        Operation operation = operation(operationId);
        Serialized call = new Serialized(operation.path());
        Map<String, JsonNode> rest = new LinkedHashMap<>();
        given.properties().forEach(member -> rest.put(member.getKey(), member.getValue()));
        ObjectNode form = object();
        JsonNode body = MissingNode.getInstance();
        for (JsonNode parameter : parameters(operation)) {
            String name = parameter.path("name").asText();
            JsonNode value = rest.containsKey(name) ? rest.remove(name) : MissingNode.getInstance();
            if (value.isMissingNode() || value.isNull()) {
                if (parameter.path("required").asBoolean(false)) {
                    throw new CallMistake(Errors.VALIDATION, operationId + ": the parameter " + name + " is missing");
                }
            } else if (parameter.path("in").asText().equals("body")) {
                body = value;
            } else if (parameter.path("in").asText().equals("formData")) {
                form.set(name, value);
            } else {
                call.add(parameter, value);
            }
        }
        ObjectNode http = object().put("method", operation.method());
        http.putObject("endpoint").put("uri", server(operation) + call.path() + call.query());
        http.set("headers", call.headers());
        addBody(http, operation, operationId, form.isEmpty() ? body : form, rest);
        return http;
    }

    private void addBody(
            ObjectNode http, Operation operation, String operationId, JsonNode body, Map<String, JsonNode> rest)
            throws CallMistake {
        JsonNode requestBody = resolved(operation.said().path("requestBody"));
        JsonNode sent = body;
        String type = swagger ? consumed(operation, body) : mediaType(requestBody);
        if (requestBody.isObject() && !rest.isEmpty()) {
            sent = rest.containsKey("body") ? rest.remove("body") : taken(rest);
        } else if (requestBody.path("required").asBoolean(false)) {
            throw new CallMistake(Errors.VALIDATION, operationId + ": the body is missing");
        }
        if (!rest.isEmpty()) {
            String unknown = rest.keySet().iterator().next();
            throw new CallMistake(Errors.CONFIGURATION, operationId + ": there is no parameter " + unknown);
        }
        if (!sent.isMissingNode()) {
            if (type.startsWith("multipart/")) {
                throw new CallMistake(Errors.CONFIGURATION, operationId + ": no body of " + type + " is made");
            }
            http.set("body", sent);
            ((ObjectNode) http.get("headers")).put("content-type", type);
        }
    }

    private static JsonNode taken(Map<String, JsonNode> rest) {
        ObjectNode all = object();
        rest.forEach(all::set);
        rest.clear();
        return all;
    }

    private String consumed(Operation operation, JsonNode body) {
        JsonNode consumes =
                operation.said().has("consumes") ? operation.said().path("consumes") : document.path("consumes");
        List<String> types = new ArrayList<>();
        consumes.forEach(type -> types.add(type.asText()));
        boolean isForm = parameters(operation, "formData");
        return types.stream()
                .filter(type -> isForm ? type.equals(HttpArguments.FORM) : type.contains("json"))
                .findFirst()
                .orElse(isForm ? HttpArguments.FORM : types.isEmpty() || body.isContainerNode() ? JSON : types.get(0));
    }

    private boolean parameters(Operation operation, String in) {
        try {
            return parameters(operation).stream()
                    .anyMatch(each -> each.path("in").asText().equals(in));
        } catch (CallMistake e) {
            return false;
        }
    }

    private static String mediaType(JsonNode requestBody) {
        List<String> types = new ArrayList<>();
        requestBody.path("content").properties().forEach(type -> types.add(type.getKey()));
        return types.stream()
                .filter(type -> type.contains("json"))
                .findFirst()
                .or(() -> types.stream().filter(HttpArguments.FORM::equals).findFirst())
                .or(() -> types.stream().findFirst())
                .filter(type -> !type.contains("*"))
                .orElse(JSON);
    }

    private Operation operation(String operationId) throws CallMistake {
        for (Operation operation : all()) {
            if (operation.said().path("operationId").asText().equals(operationId)) {
                return operation;
            }
        }
        String hint = Nearest.to(operationId, operations())
                .map(name -> ". Did you mean \"" + name + "\"?")
                .orElse("");
        throw new CallMistake(
                Errors.CONFIGURATION,
                "operationId: found \"" + operationId + "\", which " + address + " has not" + hint);
    }

    private List<Operation> all() {
        List<Operation> all = new ArrayList<>();
        for (var path : document.path("paths").properties()) {
            for (var member : path.getValue().properties()) {
                if (METHODS.contains(member.getKey())) {
                    all.add(new Operation(path.getKey(), member.getKey(), path.getValue(), member.getValue()));
                }
            }
        }
        return all;
    }

    /** Returns those of the operation and those of its path that it does not say anew. */
    private List<JsonNode> parameters(Operation operation) throws CallMistake {
        Map<String, JsonNode> parameters = new LinkedHashMap<>();
        for (JsonNode list :
                List.of(operation.item().path("parameters"), operation.said().path("parameters"))) {
            for (JsonNode each : list) {
                JsonNode parameter = resolved(each);
                parameters.put(
                        parameter.path("in").asText() + " "
                                + parameter.path("name").asText(),
                        parameter);
            }
        }
        return new ArrayList<>(parameters.values());
    }

    private JsonNode resolved(JsonNode node) throws CallMistake {
        JsonNode at = node;
        for (int depth = 0; at.has("$ref"); depth++) {
            String reference = at.path("$ref").asText();
            if (!reference.startsWith("#/") || depth == DEEPEST_REFERENCE) {
                throw new CallMistake(
                        Errors.CONFIGURATION,
                        address + ": found the reference " + reference + ", which leads nowhere here");
            }
            at = document.at(URLDecoder.decode(reference.substring(1).replace("+", "%2B"), StandardCharsets.UTF_8));
        }
        return at;
    }

    private String server(Operation operation) throws CallMistake {
        URI beside = beside();
        String url;
        if (swagger) {
            String host = document.path("host").asText(beside == null ? "" : beside.getRawAuthority());
            String scheme = beside == null ? "https" : beside.getScheme();
            for (JsonNode each : document.path("schemes")) {
                scheme = scheme.equals("https") && hasScheme("https") ? scheme : each.asText();
            }
            url = host.isEmpty()
                    ? ""
                    : scheme + "://" + host + document.path("basePath").asText();
        } else {
            url = expanded(first(operation.said(), operation.item(), document));
            if (!url.contains("://")) {
                url = beside == null
                        ? ""
                        : beside.resolve(url.isEmpty() ? "/" : url).toString();
            }
        }
        if (url.isEmpty()) {
            throw new CallMistake(Errors.CONFIGURATION, address + " names no server whole");
        }
        return url.replaceFirst("/+$", "");
    }

    private boolean hasScheme(String scheme) {
        for (JsonNode each : document.path("schemes")) {
            if (each.asText().equals(scheme)) {
                return true;
            }
        }
        return false;
    }

    private static JsonNode first(JsonNode... places) {
        for (JsonNode place : places) {
            if (place.path("servers").size() > 0) {
                return place.path("servers").get(0);
            }
        }
        return object().put("url", "/");
    }

    private static String expanded(JsonNode server) {
        String url = server.path("url").asText();
        for (var variable : server.path("variables").properties()) {
            url = url.replace(
                    "{" + variable.getKey() + "}",
                    variable.getValue().path("default").asText());
        }
        return url;
    }

    private @org.jspecify.annotations.Nullable URI beside() {
        String lower = address.toLowerCase(Locale.ROOT);
        return lower.startsWith("http://") || lower.startsWith("https://") ? URI.create(address) : null;
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
