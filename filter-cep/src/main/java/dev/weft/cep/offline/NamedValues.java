package dev.weft.cep.offline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.weft.event.EventView;
import dev.weft.filter.cel.Bindings;
import dev.weft.filter.cel.CelExpression;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an expression named, and the values that stood there when it was asked. */
final class NamedValues {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private NamedValues() {}

    /** Returns the values by their names; a missing node where there is nothing. */
    static Map<String, JsonNode> of(CelExpression expression, EventView event, Bindings bindings) {
        Map<String, JsonNode> values = new LinkedHashMap<>();
        for (String name : expression.attributes()) {
            values.put(name, text(event.attribute(name)));
        }
        for (List<String> path : expression.wantedPaths()) {
            values.put(joined("data", path), at(event.data(), path));
        }
        expression.wantedOfNames().forEach((name, paths) -> {
            Object bound = bindings.value(name);
            if (paths.isEmpty()) {
                values.put(
                        "count(" + name + ")", bound instanceof List<?> all ? JSON.numberNode(all.size()) : of(bound));
            }
            paths.forEach(path -> values.put(joined(name, path), within(bound, path)));
        });
        return values;
    }

    private static String joined(String name, List<String> path) {
        return path.isEmpty() ? name : name + "." + String.join(".", path);
    }

    private static JsonNode within(@Nullable Object bound, List<String> path) {
        if (bound instanceof List<?> events) {
            ArrayNode all = JSON.arrayNode();
            events.forEach(event -> all.add(orNull(within(event, path))));
            return all;
        }
        if (bound instanceof EventView event) {
            if (path.isEmpty()) {
                return text(event.attribute("id"));
            }
            return path.get(0).equals("data")
                    ? at(event.data(), path.subList(1, path.size()))
                    : text(event.attribute(path.get(0)));
        }
        if (bound instanceof Map<?, ?> members && !path.isEmpty()) {
            return within(members.get(path.get(0)), path.subList(1, path.size()));
        }
        return of(bound);
    }

    private static JsonNode of(@Nullable Object value) {
        return value == null ? MissingNode.getInstance() : text(value.toString());
    }

    private static JsonNode text(@Nullable String text) {
        return text == null ? MissingNode.getInstance() : JSON.textNode(text);
    }

    /** Of the objects in an array, the path leads into each. */
    private static JsonNode at(JsonNode root, List<String> path) {
        JsonNode at = root;
        for (int i = 0; i < path.size(); i++) {
            if (at.isArray()) {
                ArrayNode all = JSON.arrayNode();
                for (JsonNode item : at) {
                    all.add(orNull(at(item, path.subList(i, path.size()))));
                }
                return all;
            }
            at = at.path(path.get(i));
        }
        return at;
    }

    private static JsonNode orNull(JsonNode value) {
        return value.isMissingNode() ? JSON.nullNode() : value;
    }
}
