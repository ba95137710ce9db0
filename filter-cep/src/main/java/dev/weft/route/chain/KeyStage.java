package dev.weft.route.chain;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weft.event.MeshEvent;
import dev.weft.event.Reason;
import dev.weft.route.chain.ChainRunner.Stage;
import dev.weft.route.transform.EventValue;
import dev.weft.route.transform.EventValues;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the key of events for a step that looks for one, and does what the step says where there is none. Null is no
 * key: events that have nothing in common would share it.
 */
record KeyStage(List<EventValue> by, MissingKey missing) {

    /** What a step does with the values that were read: first those of the key, then the others. */
    interface Then {
        @Nullable
        MeshEvent take(MeshEvent event, long time, int step, Course course, List<JsonNode> values);
    }

    /** Returns the stage that reads the key, and {@code others} with it, and goes on with {@code then}. */
    Stage with(List<EventValue> others, Then then) {
        List<EventValue> all = new ArrayList<>(by);
        all.addAll(others);
        EventValues values = EventValues.of(all);
        return (event, time, step, course) -> {
            EventValues.Reading reading = values.read(event);
            if (reading.damage() != null) {
                course.failed(step, Reason.UNREADABLE_PAYLOAD, reading.damage());
                return null;
            }
            EventValue lacking = lacking(reading.values());
            return lacking == null
                    ? then.take(event, time, step, course, reading.values())
                    : without(lacking, event, step, course);
        };
    }

    private @Nullable EventValue lacking(List<JsonNode> values) {
        for (int i = 0; i < by.size(); i++) {
            JsonNode value = values.get(i);
            if (value.isMissingNode() || value.isNull()) {
                return by.get(i);
            }
        }
        return null;
    }

    private @Nullable MeshEvent without(EventValue lacking, MeshEvent event, int step, Course course) {
        switch (missing) {
            case PASS -> {
                return event;
            }
            case DROP -> course.dropped(step, event);
            case FAIL -> course.failed(step, Reason.MISSING_KEY, "the event has no " + lacking + ", by which it goes");
        }
        return null;
    }
}
