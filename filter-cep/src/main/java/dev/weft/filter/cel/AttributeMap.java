package dev.weft.filter.cel;

import dev.weft.event.EventView;
import java.util.AbstractMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The attributes an event has, as a map from their names to their texts. */
final class AttributeMap extends AbstractMap<String, Object> {

    private final EventView event;

    AttributeMap(EventView event) {
        this.event = event;
    }

    @Override
    public @Nullable Object get(@Nullable Object key) {
        return key instanceof String name ? event.attribute(name) : null;
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return get(key) != null;
    }

    @Override
    public int size() {
        return event.attributeNames().size();
    }

    @Override
    public Set<Map.Entry<String, Object>> entrySet() {
        Map<String, Object> texts = new LinkedHashMap<>();
        for (String name : event.attributeNames()) {
            String text = event.attribute(name);
            if (text != null) {
                texts.put(name, text);
            }
        }
        return texts.entrySet();
    }
}
