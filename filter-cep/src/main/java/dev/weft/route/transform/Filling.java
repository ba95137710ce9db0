package dev.weft.route.transform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.weft.event.MeshEvent;

/**
 * What the variables of templates stand for in one event. Values are put into templates as they are and never looked at
 * again, so text of an event that looks like a variable stays text.
 *
 * @param payload the part of the payload that variables ask for; a missing node if there is none
 * @param maxBytes the largest text or JSON to be made
 */
record Filling(MeshEvent event, JsonNode payload, Missing missing, int maxBytes) {

    /** Returns the variable's value; a missing node if what it stands for is to be left out. */
    JsonNode value(Variable variable) throws TransformFailure {
        JsonNode value = variable.valueIn(event, payload, maxBytes);
        if (!value.isMissingNode() || missing == Missing.OMIT) {
            return value;
        }
        if (missing == Missing.NULL) {
            return NullNode.getInstance();
        }
        throw new TransformFailure(variable.written() + " has no value: " + variable.lacking(payload));
    }

    /** Returns the value as text: a string as it is, nothing for null and for what is missing, all else as JSON. */
    String text(JsonNode value) throws TransformFailure {
        if (value.isTextual()) {
            return value.textValue();
        }
        return value.isMissingNode() || value.isNull() ? "" : JsonBytes.text(value, maxBytes);
    }
}
