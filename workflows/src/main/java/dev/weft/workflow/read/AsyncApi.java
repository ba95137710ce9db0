package dev.weft.workflow.read;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A description of messages: AsyncAPI 2 and 3. Tells where messages go and come from, and what they are called. What is
 * pointed to is a channel in version 2, an operation in version 3. References lead within the document only.
 */
final class AsyncApi {

    private static final int DEEPEST_REFERENCE = 20;
    private static final String WITHIN = "#/";

    private final JsonNode document;
    private final boolean hasOperations;

    private AsyncApi(JsonNode document, boolean hasOperations) {
        this.document = document;
        this.hasOperations = hasOperations;
    }

    /**
     * Where messages go.
     *
     * @param address of the channel: with Kafka a topic, with HTTP a path
     * @param message what a message is called that is sent there, as the type of an event
     * @param servers the names of those that have the channel, the preferred one first
     * @param method of HTTP
     */
    record Target(String address, String message, Set<String> servers, String method) {}

    /** Whom to speak to; {@code url} is empty where the document does not say. */
    record Server(String url, String protocol) {}

    /** Returns the description; nothing if the document is none of a version that is known. */
    static Optional<AsyncApi> of(JsonNode document) {
        String version = document.path("asyncapi").asText();
        return version.startsWith("2.") || version.startsWith("3.")
                ? Optional.of(new AsyncApi(document, version.startsWith("3.")))
                : Optional.empty();
    }

    /** Returns what of the document is named in a call: {@code channel}, or {@code operation}. */
    String kind() {
        return hasOperations ? "operation" : "channel";
    }

    /** Returns all that can be named. */
    Set<String> names() {
        return members(document.path(kind() + "s")).keySet();
    }

    Target target(String name) {
        return hasOperations ? ofOperation(name) : ofChannel(name);
    }

    private Target ofChannel(String name) {
        JsonNode channel = resolved(document.path("channels").path(name));
        JsonNode operation = channel.has("publish") ? channel.path("publish") : channel.path("subscribe");
        JsonNode message = resolved(operation.path("message"));
        JsonNode only = message.path("oneOf").size() == 1
                ? resolved(message.path("oneOf").get(0))
                : message;
        List<String> servers = new ArrayList<>();
        channel.path("servers").forEach(server -> servers.add(server.asText()));
        return new Target(
                name,
                first(only.path("name"), only.path("messageId"), operation.path("operationId"))
                        .orElse(name),
                serving(servers),
                method(operation));
    }

    private Target ofOperation(String name) {
        JsonNode operation = resolved(document.path("operations").path(name));
        JsonNode channel = resolved(operation.path("channel"));
        Map<String, JsonNode> messages = new LinkedHashMap<>();
        if (operation.has("messages")) {
            operation.path("messages").forEach(each -> messages.put(lastOf(each), resolved(each)));
        } else {
            members(channel.path("messages")).forEach((key, each) -> messages.put(key, resolved(each)));
        }
        String message = name;
        if (messages.size() == 1) {
            Map.Entry<String, JsonNode> only = messages.entrySet().iterator().next();
            message = first(only.getValue().path("name"), only.getValue().path("messageId"))
                    .orElse(only.getKey());
        }
        List<String> servers = new ArrayList<>();
        channel.path("servers").forEach(server -> servers.add(lastOf(server)));
        String address = first(channel.path("address")).orElseGet(() -> lastOf(operation.path("channel")));
        return new Target(address, message, serving(servers), method(operation));
    }

    /** Where a channel names no servers, all have it. */
    private Set<String> serving(List<String> named) {
        Map<String, JsonNode> all = members(document.path("servers"));
        return named.isEmpty() ? all.keySet() : new java.util.LinkedHashSet<>(named);
    }

    /** Returns a server, the variables in its address replaced by these values, or by their defaults. */
    Server server(String name, Map<String, String> variables) {
        JsonNode server = resolved(document.path("servers").path(name));
        String protocol = server.path("protocol").asText();
        String url = hasOperations
                ? server.path("host").asText() + server.path("pathname").asText()
                : server.path("url").asText();
        for (var variable : members(server.path("variables")).entrySet()) {
            String value = variables.getOrDefault(
                    variable.getKey(),
                    resolved(variable.getValue()).path("default").asText());
            url = url.replace("{" + variable.getKey() + "}", value);
        }
        boolean isWhole = url.isEmpty() || url.contains("://");
        return new Server(isWhole ? url : protocol + "://" + url, protocol.toLowerCase(Locale.ROOT));
    }

    private static String method(JsonNode operation) {
        return first(operation.path("bindings").path("http").path("method")).orElse("POST");
    }

    private static Optional<String> first(JsonNode... texts) {
        for (JsonNode text : texts) {
            if (text.isTextual() && !text.textValue().isEmpty()) {
                return Optional.of(text.textValue());
            }
        }
        return Optional.empty();
    }

    private static Map<String, JsonNode> members(JsonNode object) {
        Map<String, JsonNode> members = new LinkedHashMap<>();
        object.properties().forEach(member -> members.put(member.getKey(), member.getValue()));
        return members;
    }

    private JsonNode resolved(JsonNode node) {
        JsonNode at = node;
        for (int depth = 0; at.has("$ref"); depth++) {
            String reference = at.path("$ref").asText();
            at = reference.startsWith(WITHIN) && depth < DEEPEST_REFERENCE
                    ? document.at(reference.substring(1))
                    : MissingNode.getInstance();
        }
        return at;
    }

    private static String lastOf(JsonNode reference) {
        String text = reference.path("$ref").asText();
        return text.substring(text.lastIndexOf('/') + 1).replace("~1", "/").replace("~0", "~");
    }
}
