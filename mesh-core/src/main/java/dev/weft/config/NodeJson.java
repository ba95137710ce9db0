package dev.weft.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;

/** A part of a file as JSON, by which it is compared and kept. */
public final class NodeJson {

    private static final JsonNodeFactory JSON = JsonNodeFactory.withExactBigDecimals(true);

    private NodeJson() {}

    /** Returns what was written, members in their order and numbers with every digit. */
    public static JsonNode of(Node node) {
        if (node instanceof Mapping mapping) {
            ObjectNode object = JSON.objectNode();
            mapping.members().forEach((name, member) -> object.set(name, of(member)));
            return object;
        }
        if (node instanceof Sequence sequence) {
            return JSON.arrayNode()
                    .addAll(sequence.items().stream().map(NodeJson::of).toList());
        }
        Object value = ((Scalar) node).value();
        if (value instanceof BigDecimal number) {
            return JSON.numberNode(number);
        }
        if (value instanceof Boolean flag) {
            return JSON.booleanNode(flag);
        }
        return value == null ? JSON.nullNode() : JSON.textNode((String) value);
    }
}
