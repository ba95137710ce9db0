package dev.weft.route.transform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.weft.event.MeshEvent;
import dev.weft.filter.cel.CelAnswer;
import dev.weft.filter.cel.CelExpression;
import dev.weft.route.transform.jsonata.JsonataAnswer;
import dev.weft.route.transform.jsonata.JsonataExpression;
import java.io.Serializable;
import java.util.List;

/** A place in a template that is filled from the event. */
sealed interface Variable extends Serializable {

    /** Returns the variable as a person writes it. */
    String written();

    /**
     * Returns the value; a missing node where the event has none.
     *
     * @param maxBytes the longest text to be made
     */
    JsonNode valueIn(MeshEvent event, JsonNode payload, int maxBytes) throws TransformFailure;

    /** What is lacking where there is no value, ready to stand after the words "has no value: ". */
    String lacking(JsonNode payload);

    /** Returns the fields of the payload that are to be read; none if it does not depend on the payload. */
    List<List<String>> wantedPaths();

    /** A value that is there in the event as it is, to be found by its name. */
    sealed interface Named extends Variable {

        /** Returns the value; a missing node where the event has none. */
        JsonNode valueIn(MeshEvent event, JsonNode payload);

        @Override
        default JsonNode valueIn(MeshEvent event, JsonNode payload, int maxBytes) {
            return valueIn(event, payload);
        }
    }

    /** The text of an attribute. */
    record OfAttribute(String name) implements Named {
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
            return "the event has no such attribute";
        }

        @Override
        public List<List<String>> wantedPaths() {
            return List.of();
        }
    }

    /** The JSON payload, or a part of it. */
    record OfPayload(String written, List<Step> steps) implements Named {

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
            return "the event has " + (payload.isMissingNode() ? "no JSON payload" : "nothing there in its payload");
        }

        /** The names on the way to the value, without the places in arrays. */
        @Override
        public List<List<String>> wantedPaths() {
            return List.of(steps.stream()
                    .filter(Step.Member.class::isInstance)
                    .map(step -> ((Step.Member) step).name())
                    .toList());
        }
    }

    /** What an expression in CEL makes of the event. */
    record OfCel(CelExpression expression) implements Variable {
        @Override
        public String written() {
            return "${=" + expression + "}";
        }

        @Override
        public JsonNode valueIn(MeshEvent event, JsonNode payload, int maxBytes) throws TransformFailure {
            CelAnswer answer = expression.ask(event, payload);
            if (answer.failure() != null && !answer.isMissing()) {
                throw new TransformFailure(written() + " fails: " + answer.failure());
            }
            return answer.value();
        }

        @Override
        public String lacking(JsonNode payload) {
            return "an attribute or a field that it names is missing";
        }

        @Override
        public List<List<String>> wantedPaths() {
            return expression.wantedPaths();
        }
    }

    /** What an expression in JSONata makes of the event. */
    record OfJsonata(JsonataExpression expression) implements Variable {
        private static final List<List<String>> EVERYTHING = List.of(List.of());

        @Override
        public String written() {
            return "the JSONata expression";
        }

        @Override
        public JsonNode valueIn(MeshEvent event, JsonNode payload, int maxBytes) throws TransformFailure {
            JsonataAnswer answer = expression.ask(event, payload, maxBytes);
            if (answer.failure() != null) {
                throw new TransformFailure(written() + " fails: " + answer.failure());
            }
            return answer.value();
        }

        @Override
        public String lacking(JsonNode payload) {
            return "what it asks for is not there";
        }

        @Override
        public List<List<String>> wantedPaths() {
            return EVERYTHING;
        }
    }
}
