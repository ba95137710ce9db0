package dev.weft.cep.offline;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weft.cep.Pattern;
import dev.weft.cep.engine.Key;
import dev.weft.route.transform.EventValues;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Events by the keys that they have for one pattern, those too that the pattern does not look at. Each key's are in the
 * order in which they are looked at.
 */
public final class KeyedEvents {

    private static final Comparator<TimedEvent> ORDER =
            Comparator.comparingLong(TimedEvent::time).thenComparingInt(TimedEvent::number);

    private final Pattern pattern;
    private final Map<Key, List<TimedEvent>> byKey = new LinkedHashMap<>();
    private final List<TimedEvent> withoutKey = new ArrayList<>();

    private KeyedEvents(Pattern pattern) {
        this.pattern = pattern;
    }

    /** Sorts events, whatever their order. */
    public static KeyedEvents of(Pattern pattern, List<TimedEvent> events) {
        KeyedEvents keyed = new KeyedEvents(pattern);
        EventValues values = EventValues.of(pattern.partitionBy());
        events.stream().sorted(ORDER).forEach(event -> {
            EventValues.Reading reading = values.read(event.event());
            if (reading.damage() != null || reading.values().stream().anyMatch(KeyedEvents::isNothing)) {
                keyed.withoutKey.add(event);
            } else {
                keyed.byKey
                        .computeIfAbsent(Key.of(reading.values()), key -> new ArrayList<>())
                        .add(event);
            }
        });
        return keyed;
    }

    private static boolean isNothing(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }

    /** Returns the keys in the order of their first events. */
    public List<Key> keys() {
        return List.copyOf(byKey.keySet());
    }

    /** Returns the events that the pattern can see nothing in: they lack a value of the key. */
    public List<TimedEvent> withoutKey() {
        return List.copyOf(withoutKey);
    }

    /**
     * Tells the story of a key.
     *
     * @param end when time ends, milliseconds since 1970: later events do not happen, and deadlines do up to it
     */
    public KeyHistory history(Key key, long end) {
        List<TimedEvent> events = byKey.getOrDefault(key, List.of()).stream()
                .filter(event -> event.time() <= end)
                .toList();
        return KeyHistory.of(pattern, key, events, end);
    }
}
