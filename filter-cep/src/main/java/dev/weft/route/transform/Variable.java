package dev.weft.route.transform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.weft.event.MeshEvent;
import java.io.Serializable;
import java.util.List;

/** A place in a template that is filled from the event. */
sealed interface Variable extends Serializable {

    /** Returns the variable as a person writes it. */
    String written();

    /** Returns the value; a missing node where the event has none. */
    JsonNode valueIn(MeshEvent event, JsonNode payload);

    /** What the event lacks where there is no value, ready to stand after the words "the event has". */
    String lacking(JsonNode payload);

    /** The text of an attribute. */
    record OfAttribute(String name) implements Variable {
        @Override
        public String written() {
            return "${" + name + "}";
        }

        @Override
        public JsonNode valueIn(MeshEvent event, JsonNode payload) {
            String text = event.attribute(name);
            return text == null ? MissingNode.getInstance() : TextNode.valueOf(text);
        }

        @Override
        public String lacking(JsonNode payload) {
            return "no such attribute";
        }
    }

    /** The JSON payload, or a part of it. */
    record OfPayload(String written, List<Step> steps) implements Variable {

        public OfPayload {
            steps = List.copyOf(steps);
        }

        @Override
        public JsonNode valueIn(MeshEvent event, JsonNode payload) {
            JsonNode value = payload;
            for (int i = 0; i < steps.size(); i++) {
                value = steps.get(i).from(value);
            }
            return value;
        }

        @Override
        public String lacking(JsonNode payload) {
            return payload.isMissingNode() ? "no JSON payload" : "nothing there in its payload";
        }

        /** Returns the names on the way to the value, without the places in arrays: what is to be read. */
        List<String> path() {
            return steps.stream()
                    .filter(Step.Member.class::isInstance)
                    .map(step -> ((Step.Member) step).name())
                    .toList();
        }
    }
}
