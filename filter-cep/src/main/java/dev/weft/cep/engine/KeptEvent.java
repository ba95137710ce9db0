package dev.weft.cep.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weft.event.EventView;
import dev.weft.event.Origin;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a pattern keeps of an event: its time, where it was read, and of its attributes and payload what conditions and
 * templates of the pattern can ask for. Immutable, and safe to share between threads.
 *
 * @param time when it happened, milliseconds since 1970; may be negative
 * @param origin where it was read
 * @param attributes at least id, source and type
 * @param data the kept part of the payload; a missing node if there is none that can be read
 */
public record KeptEvent(long time, Origin origin, Map<String, String> attributes, JsonNode data) implements EventView {

    /**
     * The order in which events of one key are looked at, whatever the order in which they arrive: by their times,
     * those of one instant as they lie in the log, topic by topic and partition by partition; events that were never
     * read by source and id.
     */
    public static final Comparator<KeptEvent> ORDER = Comparator.comparingLong(KeptEvent::time)
            .thenComparing(event -> event.origin().topic())
            .thenComparingInt(event -> event.origin().partition())
            .thenComparingLong(event -> event.origin().offset())
            .thenComparing(KeptEvent::source)
            .thenComparing(KeptEvent::id);

    public KeptEvent {
        attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    }

    /** Returns the event's id. */
    public String id() {
        return attributes.getOrDefault("id", "");
    }

    /** Returns the event's source. */
    public String source() {
        return attributes.getOrDefault("source", "");
    }

    @Override
    public @Nullable String attribute(String name) {
        return attributes.get(name);
    }

    @Override
    public Set<String> attributeNames() {
        return attributes.keySet();
    }
}
