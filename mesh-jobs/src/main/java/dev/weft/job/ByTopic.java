package dev.weft.job;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What is known of each topic, made when its first event comes. Not safe for use by several threads. */
final class ByTopic<T> {

    private final Map<String, T> known = new HashMap<>();
    private final Function<String, T> opening;
    private @Nullable String lastTopic;
    private @Nullable T last;

    ByTopic(Function<String, T> opening) {
        this.opening = opening;
    }

    /** Returns what is known of a topic, fast where it is that of the event before. */
    @SuppressWarnings("ReferenceEquality") // Kafka's client gives the records of a partition one and the same name
    T of(String topic) {
        T before = last;
        if (before == null || lastTopic != topic) {
            before = known.computeIfAbsent(topic, opening);
            last = before;
            lastTopic = topic;
        }
        return before;
    }

    /** Forgets everything, so that it is made anew. */
    void clear() {
        known.clear();
        last = null;
    }
}
