package dev.weft.filter.cel;

import dev.weft.event.EventView;
import java.util.AbstractMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An event that a step took, as a map: its attributes, {@code time} a timestamp, and {@code data}. */
final class EventFields extends AbstractMap<String, Object> {

    private final EventView event;

    EventFields(EventView event) {
        this.event = event;
    }

    @Override
    public @Nullable Object get(@Nullable Object key) {
        if (!(key instanceof String name)) {
            return null;
        }
        if (name.equals(Variables.DATA)) {
            return Values.of(event.data());
        }
        String text = event.attribute(name);
        return text == null || !name.equals(Variables.TIME) ? text : Variables.time(event, text);
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return get(key) != null;
    }

    @Override
    public int size() {
        return entrySet().size();
    }

    @Override
    public Set<Map.Entry<String, Object>> entrySet() {
        Map<String, Object> fields = new LinkedHashMap<>();
        event.attributeNames().forEach(name -> {
            Object value = get(name);
            if (value != null) {
                fields.put(name, value);
            }
        });
        fields.put(Variables.DATA, Values.of(event.data()));
        return fields.entrySet();
    }
}
