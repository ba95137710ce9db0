package dev.weft.cep.offline;

import dev.weft.event.PayloadReaders;
import dev.weft.filter.Events;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Events as a test writes them: {@code A:k@5} is of the type A, has the subject k and comes 5 ms after 1970;
 * {@code A:k:3@5} has the payload <code>{"n": 3}</code> too. Their ids are A1, B2 and so on.
 */
public final class Happened {

    private Happened() {}

    public static List<TimedEvent> events(String... written) {
        List<TimedEvent> events = new ArrayList<>();
        for (String each : written) {
            int number = events.size() + 1;
            String[] parts = each.split("@", 2);
            String[] what = parts[0].split(":");
            Map<String, String> attributes = new HashMap<>(Map.of("id", what[0] + number, "type", what[0]));
            attributes.put(
                    "time", Instant.ofEpochMilli(Long.parseLong(parts[1])).toString());
            if (what.length > 1 && !what[1].isEmpty()) {
                attributes.put("subject", what[1]);
            }
            String payload = what.length > 2 ? "{\"n\": " + what[2] + "}" : null;
            events.add(TimedEvent.of(
                            number,
                            Events.of("t", attributes, payload == null ? null : "application/json", payload),
                            PayloadReaders.jsonOnly())
                    .orElseThrow());
        }
        return events;
    }
}
