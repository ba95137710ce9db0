package dev.weft.workflow.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weft.workflow.form.OctetWriter;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes what instances are made of. JSON that was just written, and is written again as it is the same object, takes
 * one or two bytes: data flows through frames more often than it changes.
 */
final class InstanceWriter extends OctetWriter<InstanceWriter> {

    private static final int FIRST_SIZE = 1024;

    private final long base;
    private final JsonNode[] recent = new JsonNode[JsonTag.RECENT];
    private int written;

    /**
     * Makes one.
     *
     * @param base the time from which others are counted
     */
    InstanceWriter(long base) {
        super(FIRST_SIZE);
        this.base = base;
    }

    @Override
    protected InstanceWriter self() {
        return this;
    }

    @Override
    protected InstanceWriter length(int length) {
        return number(length);
    }

    void time(long millis) {
        flag(millis != Frame.NEVER);
        if (millis != Frame.NEVER) {
            signed(millis - base);
        }
    }

    void op(Op op) {
        number(op.number);
    }

    void opOrNone(@Nullable Op op) {
        flag(op != null);
        if (op != null) {
            op(op);
        }
    }

    void registered(Compensation.@Nullable Registered registered) {
        flag(registered != null);
        if (registered != null) {
            op(registered.op());
            json(registered.data());
        }
    }

    void jsons(Collection<? extends JsonNode> nodes) {
        number(nodes.size());
        nodes.forEach(this::json);
    }

    @SuppressWarnings("ReferenceEquality") // the same object is what data is that did not change
    void json(JsonNode node) {
        if (!node.isContainerNode() || node.isEmpty()) {
            node(node);
            return;
        }
        for (int back = 1; back <= Math.min(written, JsonTag.RECENT); back++) {
            if (recent[(written - back) % JsonTag.RECENT] == node) {
                octet(JsonTag.AGAIN);
                number(back);
                return;
            }
        }
        node(node);
        recent[written++ % JsonTag.RECENT] = node;
    }

    private void node(JsonNode node) {
        switch (node.getNodeType()) {
            case OBJECT -> {
                octet(JsonTag.OBJECT);
                number(node.size());
                for (Map.Entry<String, JsonNode> field : node.properties()) {
                    text(field.getKey());
                    node(field.getValue());
                }
            }
            case ARRAY -> {
                octet(JsonTag.ARRAY);
                number(node.size());
                for (int i = 0; i < node.size(); i++) {
                    node(node.get(i));
                }
            }
            case STRING -> textNode(node.textValue());
            case NUMBER -> numberNode(node);
            case BOOLEAN -> octet(node.booleanValue() ? JsonTag.TRUE : JsonTag.FALSE);
            default -> octet(JsonTag.NULL);
        }
    }

    private void textNode(String text) {
        int length = text.length();
        if (length < JsonTag.SHORT && isPlain(text, length)) {
            octet(JsonTag.SHORT_TEXT | length);
            plain(text, length);
        } else {
            octet(JsonTag.TEXT);
            text(text);
        }
    }

    private void numberNode(JsonNode node) {
        switch (node.numberType()) {
            case INT -> {
                int value = node.intValue();
                if (value >= 0 && value < JsonTag.SHORT) {
                    octet(JsonTag.SMALL_INT | value);
                } else {
                    octet(JsonTag.INT);
                    signed(value);
                }
            }
            case LONG -> {
                octet(JsonTag.LONG);
                signed(node.longValue());
            }
            case BIG_INTEGER -> {
                octet(JsonTag.BIG_INTEGER);
                bytes(node.bigIntegerValue().toByteArray());
            }
            case BIG_DECIMAL -> {
                octet(JsonTag.DECIMAL);
                signed(node.decimalValue().scale());
                bytes(node.decimalValue().unscaledValue().toByteArray());
            }
            case FLOAT -> {
                octet(JsonTag.FLOAT);
                fixed(Float.floatToRawIntBits(node.floatValue()));
            }
            default -> {
                octet(JsonTag.DOUBLE);
                fixed(Double.doubleToRawLongBits(node.doubleValue()));
            }
        }
    }
}
