package dev.weft.cep.emit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.weft.config.Mapping;
import dev.weft.config.Node;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import dev.weft.config.Sequence;
import dev.weft.filter.cel.Bindings;
import dev.weft.filter.cel.CelExpression;
import dev.weft.filter.cel.Scope;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A JSON value in whose texts expressions stand. An expression that is all there is of a text keeps its type. */
sealed interface GapJson extends Serializable {

    /** Returns the finished value; a missing node if it is to be left out. */
    JsonNode fill(Bindings bindings) throws UnfilledException;

    void eachExpression(Consumer<CelExpression> consumer);

    /** Returns the template; null takes the place of what is a problem. */
    static GapJson read(Node node, Scope scope, Problems problems) {
        if (node instanceof Mapping mapping) {
            Map<String, GapJson> members = new LinkedHashMap<>();
            mapping.members().forEach((name, member) -> members.put(name, read(member, scope, problems)));
            return new Members(members);
        }
        if (node instanceof Sequence sequence) {
            List<GapJson> items = new ArrayList<>();
            sequence.items().forEach(item -> items.add(read(item, scope, problems)));
            return new Items(items);
        }
        Scalar scalar = (Scalar) node;
        if (scalar.value() instanceof String) {
            return GapText.read(scalar, scope, problems).<GapJson>map(Text::new).orElse(Literal.NULL);
        }
        if (scalar.value() instanceof BigDecimal number) {
            return new Figure(number);
        }
        return scalar.value() == null
                ? Literal.NULL
                : Boolean.TRUE.equals(scalar.value()) ? Literal.TRUE : Literal.FALSE;
    }

    /** An object. */
    record Members(Map<String, GapJson> members) implements GapJson {

        public Members {
            members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        }

        @Override
        public JsonNode fill(Bindings bindings) throws UnfilledException {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            for (Map.Entry<String, GapJson> member : members.entrySet()) {
                JsonNode value = member.getValue().fill(bindings);
                if (!value.isMissingNode()) {
                    object.set(member.getKey(), value);
                }
            }
            return object;
        }

        @Override
        public void eachExpression(Consumer<CelExpression> consumer) {
            members.values().forEach(member -> member.eachExpression(consumer));
        }
    }

    /** An array. */
    record Items(List<GapJson> items) implements GapJson {

        public Items {
            items = List.copyOf(items);
        }

        @Override
        public JsonNode fill(Bindings bindings) throws UnfilledException {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            for (GapJson item : items) {
                JsonNode value = item.fill(bindings);
                if (!value.isMissingNode()) {
                    array.add(value);
                }
            }
            return array;
        }

        @Override
        public void eachExpression(Consumer<CelExpression> consumer) {
            items.forEach(item -> item.eachExpression(consumer));
        }
    }

    /** Text, or the value of the one expression it is. */
    record Text(GapText text) implements GapJson {

        @Override
        public JsonNode fill(Bindings bindings) throws UnfilledException {
            JsonNode alone = text.alone(bindings);
            String filled = alone == null ? text.fill(bindings) : null;
            return alone != null ? alone : filled == null ? NullNode.getInstance() : TextNode.valueOf(filled);
        }

        @Override
        public void eachExpression(Consumer<CelExpression> consumer) {
            text.eachExpression(consumer);
        }
    }

    /** A number, with every digit of the file. */
    record Figure(BigDecimal number) implements GapJson {

        @Override
        public JsonNode fill(Bindings bindings) {
            return DecimalNode.valueOf(number);
        }

        @Override
        public void eachExpression(Consumer<CelExpression> consumer) {}
    }

    /** True, false or null. */
    enum Literal implements GapJson {
        TRUE,
        FALSE,
        NULL;

        @Override
        public JsonNode fill(Bindings bindings) {
            return this == NULL ? NullNode.getInstance() : BooleanNode.valueOf(this == TRUE);
        }

        @Override
        public void eachExpression(Consumer<CelExpression> consumer) {}
    }
}
