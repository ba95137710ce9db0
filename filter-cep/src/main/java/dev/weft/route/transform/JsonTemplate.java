package dev.weft.route.transform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A JSON value whose texts are templates. What they become goes into a tree of JSON values, never into JSON text, so no
 * value can end a string or add a member.
 *
 * @param <T> the template of a text
 */
public sealed interface JsonTemplate<T extends Serializable> extends Serializable {

    /** Makes of each text what it becomes: a missing node if it is to be left out. */
    interface Filler<T, E extends Exception> {
        JsonNode fill(T text) throws E;
    }

    /** Returns the finished value; a missing node if it is to be left out. */
    <E extends Exception> JsonNode fill(Filler<T, E> filler) throws E;

    void eachText(Consumer<T> consumer);

    /** An object. Names are as they stand. */
    record Members<T extends Serializable>(Map<String, JsonTemplate<T>> members) implements JsonTemplate<T> {

        public Members {
            members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        }

        @Override
        public <E extends Exception> JsonNode fill(Filler<T, E> filler) throws E {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            for (Map.Entry<String, JsonTemplate<T>> member : members.entrySet()) {
                JsonNode value = member.getValue().fill(filler);
                if (!value.isMissingNode()) {
                    object.set(member.getKey(), value);
                }
            }
            return object;
        }

        @Override
        public void eachText(Consumer<T> consumer) {
            members.values().forEach(member -> member.eachText(consumer));
        }
    }

    /** An array. */
    record Items<T extends Serializable>(List<JsonTemplate<T>> items) implements JsonTemplate<T> {

        public Items {
            items = List.copyOf(items);
        }

        @Override
        public <E extends Exception> JsonNode fill(Filler<T, E> filler) throws E {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            for (JsonTemplate<T> item : items) {
                JsonNode value = item.fill(filler);
                if (!value.isMissingNode()) {
                    array.add(value);
                }
            }
            return array;
        }

        @Override
        public void eachText(Consumer<T> consumer) {
            items.forEach(item -> item.eachText(consumer));
        }
    }

    /** A text, or what takes its place. */
    record Text<T extends Serializable>(T text) implements JsonTemplate<T> {

        @Override
        public <E extends Exception> JsonNode fill(Filler<T, E> filler) throws E {
            return filler.fill(text);
        }

        @Override
        public void eachText(Consumer<T> consumer) {
            consumer.accept(text);
        }
    }

    /** A number, with every digit of the file: as a node, it would lose some when serialized. */
    record Figure<T extends Serializable>(BigDecimal number) implements JsonTemplate<T> {

        @Override
        public <E extends Exception> JsonNode fill(Filler<T, E> filler) {
            return DecimalNode.valueOf(number);
        }

        @Override
        public void eachText(Consumer<T> consumer) {}
    }

    /** True, false or null. */
    record Literal<T extends Serializable>(@Nullable Boolean value) implements JsonTemplate<T> {

        @Override
        public <E extends Exception> JsonNode fill(Filler<T, E> filler) {
            return value == null ? NullNode.getInstance() : BooleanNode.valueOf(value);
        }

        @Override
        public void eachText(Consumer<T> consumer) {}
    }
}
