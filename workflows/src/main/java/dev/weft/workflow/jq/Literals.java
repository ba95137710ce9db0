package dev.weft.workflow.jq;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.config.Mapping;
import dev.weft.config.Node;
import dev.weft.config.Scalar;
import dev.weft.config.Sequence;
import java.math.BigDecimal;

/**
 * What a definition says literally, as the data expressions work with: numbers are ints, longs and doubles as they are
 * when JSON is parsed, and keep every digit where those cannot.
 */
public final class Literals {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private Literals() {}

    /** Returns a part of a definition as data; texts that look like expressions are texts. */
    public static JsonNode json(Node node) {
        if (node instanceof Mapping mapping) {
            ObjectNode object = JSON.objectNode();
            mapping.members().forEach((name, member) -> object.set(name, json(member)));
            return object;
        }
        if (node instanceof Sequence sequence) {
            return JSON.arrayNode()
                    .addAll(sequence.items().stream().map(Literals::json).toList());
        }
        Object value = ((Scalar) node).value();
        if (value instanceof BigDecimal number) {
            return number(number);
        }
        if (value instanceof Boolean flag) {
            return JSON.booleanNode(flag);
        }
        return value == null ? JSON.nullNode() : JSON.textNode((String) value);
    }

    private static JsonNode number(BigDecimal number) {
        // A number such as 1e999999999 is none that should be written out.
        boolean whole = number.scale() <= 0 && number.precision() - (long) number.scale() <= 40;
        if (whole) {
            int bits = number.toBigInteger().bitLength();
            return bits < Integer.SIZE
                    ? JSON.numberNode(number.intValueExact())
                    : bits < Long.SIZE
                            ? JSON.numberNode(number.longValueExact())
                            : JSON.numberNode(number.toBigInteger());
        }
        double nearest = number.doubleValue();
        boolean exact = Double.isFinite(nearest) && BigDecimal.valueOf(nearest).compareTo(number) == 0;
        return exact ? JSON.numberNode(nearest) : JSON.numberNode(number);
    }
}
