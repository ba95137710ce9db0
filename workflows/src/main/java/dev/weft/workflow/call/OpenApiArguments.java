package dev.weft.workflow.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.workflow.Errors;
import java.util.Map;

/** The arguments of {@code call: openapi} (DSL 1.0.3, "OpenAPI call") as those of a call over HTTP. */
final class OpenApiArguments {

    private OpenApiArguments() {}

    static ObjectNode http(JsonNode with, Map<String, JsonNode> resources) throws CallMistake {
        JsonNode endpoint = with.path("document").path("endpoint");
        String address = endpoint.isObject() ? endpoint.path("uri").asText() : endpoint.asText();
        JsonNode document = resources.get(address);
        if (document == null) {
            throw new CallMistake(Errors.CONFIGURATION, "document: found " + address + ", which was not read");
        }
        ObjectNode http =
                new OpenApi(document, address).call(with.path("operationId").asText(), with.path("parameters"));
        ((ObjectNode) http.get("endpoint")).set("authentication", with.path("authentication"));
        http.set("output", with.path("output"));
        http.set("redirect", with.path("redirect"));
        http.properties().removeIf(member -> member.getValue().isMissingNode());
        return http;
    }
}
