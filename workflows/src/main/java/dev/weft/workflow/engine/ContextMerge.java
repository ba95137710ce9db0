package dev.weft.workflow.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** What becomes of {@code $context} where branches meet. */
final class ContextMerge {

    private ContextMerge() {}

    /** Returns the context with what one branch made of what all branches began with. */
    static JsonNode merged(JsonNode context, JsonNode base, JsonNode branch) {
        if (!context.isObject() || !branch.isObject()) {
            return branch;
        }
        ObjectNode merged = ((ObjectNode) context).objectNode();
        merged.setAll((ObjectNode) context);
        for (Map.Entry<String, JsonNode> field : branch.properties()) {
            if (!field.getValue().equals(base.get(field.getKey()))) {
                merged.set(field.getKey(), field.getValue());
            }
        }
        return merged;
    }
}
