package dev.weft.workflow.engine;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.workflow.WorkflowError;

/** Errors as JSON, as RFC 7807 has them. */
final class ErrorJson {

    private ErrorJson() {}

    static ObjectNode of(WorkflowError error) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("type", error.type());
        json.put("status", error.status());
        json.put("instance", error.instance());
        if (error.title() != null) {
            json.put("title", error.title());
        }
        if (error.detail() != null) {
            json.put("detail", error.detail());
        }
        return json;
    }
}
