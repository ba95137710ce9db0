package dev.weft.job.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Which Pods are meant, by their labels.
 *
 * @param selector with {@code matchLabels} and {@code matchExpressions}, of which only {@code In} is understood; an
 *     empty one means all
 */
record Selector(JsonNode selector) {

    /** Returns the selector of a Service, which is labels only. */
    static Selector ofLabels(JsonNode labels) {
        ObjectNode selector = JsonNodeFactory.instance.objectNode();
        return new Selector(selector.set("matchLabels", labels));
    }

    boolean matches(JsonNode labels) {
        boolean equal = selector.path("matchLabels").properties().stream()
                .allMatch(label -> labels.path(label.getKey()).equals(label.getValue()));
        return equal
                && Manifest.items(selector.path("matchExpressions"))
                        .allMatch(expression ->
                                expression.path("operator").asText().equals("In")
                                        && Manifest.items(expression.path("values"))
                                                .anyMatch(labels.path(
                                                        expression.path("key").asText())::equals));
    }
}
