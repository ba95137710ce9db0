package dev.weft.filter.cel;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A JSON object as a map of the language's values, made when they are asked for. */
final class JsonFields extends AbstractMap<String, Object> {

    private final JsonNode json;

    JsonFields(JsonNode json) {
        this.json = json;
    }

    JsonNode json() {
        return json;
    }

    @Override
    public @Nullable Object get(@Nullable Object key) {
        JsonNode value = key instanceof String name ? json.get(name) : null;
        return value == null ? null : Values.of(value);
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return key instanceof String name && json.has(name);
    }

    @Override
    public int size() {
        return json.size();
    }

    @Override
    public Set<Map.Entry<String, Object>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Map.Entry<String, Object>> iterator() {
                Iterator<Map.Entry<String, JsonNode>> fields = json.fields();
                return new Iterator<>() {
                    @Override
                    public boolean hasNext() {
                        return fields.hasNext();
                    }

                    @Override
                    public Map.Entry<String, Object> next() {
                        Map.Entry<String, JsonNode> field = fields.next();
                        return Map.entry(field.getKey(), Values.of(field.getValue()));
                    }
                };
            }

            @Override
            public int size() {
                return json.size();
            }
        };
    }
}
