package dev.weft.route.transform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A JSON value with variables in it. What they stand for goes into a tree of JSON values, never into JSON text, so no
 * value can end a string or add a member.
 */
sealed interface JsonTemplate extends Serializable {

    /** Returns the finished value; a missing node if it is to be left out. */
    JsonNode fill(Filling filling) throws TransformFailure;

    void eachVariable(Consumer<Variable> consumer);

    /** An object. Names are as they stand. */
    record Members(Map<String, JsonTemplate> members) implements JsonTemplate {

        public Members {
            members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        }

        @Override
        public JsonNode fill(Filling filling) throws TransformFailure {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            for (Map.Entry<String, JsonTemplate> member : members.entrySet()) {
                JsonNode value = member.getValue().fill(filling);
                if (!value.isMissingNode()) {
                    object.set(member.getKey(), value);
                }
            }
            return object;
        }

        @Override
        public void eachVariable(Consumer<Variable> consumer) {
            members.values().forEach(member -> member.eachVariable(consumer));
        }
    }

    /** An array. */
    record Items(List<JsonTemplate> items) implements JsonTemplate {

        public Items {
            items = List.copyOf(items);
        }

        @Override
        public JsonNode fill(Filling filling) throws TransformFailure {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            for (JsonTemplate item : items) {
                JsonNode value = item.fill(filling);
                if (!value.isMissingNode()) {
                    array.add(value);
                }
            }
            return array;
        }

        @Override
        public void eachVariable(Consumer<Variable> consumer) {
            items.forEach(item -> item.eachVariable(consumer));
        }
    }

    /** Text; or, where a variable is all there is of it, that variable's value with its type. */
    record Text(TextTemplate template) implements JsonTemplate {

        @Override
        public JsonNode fill(Filling filling) throws TransformFailure {
            Variable alone = template.alone();
            return alone == null ? TextNode.valueOf(template.text(filling)) : filling.value(alone);
        }

        @Override
        public void eachVariable(Consumer<Variable> consumer) {
            template.eachVariable(consumer);
        }
    }

    /** A number, with every digit of the file. */
    record Figure(BigDecimal number) implements JsonTemplate {

        @Override
        public JsonNode fill(Filling filling) {
            return DecimalNode.valueOf(number);
        }

        @Override
        public void eachVariable(Consumer<Variable> consumer) {}
    }

    /** True, false or null. */
    enum Literal implements JsonTemplate {
        TRUE,
        FALSE,
        NULL;

        @Override
        public JsonNode fill(Filling filling) {
            return this == NULL ? NullNode.getInstance() : BooleanNode.valueOf(this == TRUE);
        }

        @Override
        public void eachVariable(Consumer<Variable> consumer) {}
    }
}
