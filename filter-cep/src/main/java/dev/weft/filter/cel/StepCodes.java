package dev.weft.filter.cel;

import dev.weft.event.EventView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a name of a {@link Scope} is worth. */
final class StepCodes {

    private StepCodes() {}

    /** Returns a step's events, in the order in which they were taken. */
    static Code events(String step) {
        return run -> {
            run.pay(1);
            return value(run.bindings.value(step));
        };
    }

    /** Returns the event of a step that takes one. */
    static Code only(String step) {
        return element(step, -1);
    }

    /** Returns one of a step's events by its place; -1 is the last. */
    static Code element(String step, long place) {
        Failed missing = Failed.missing("the step " + step + " has no such event");
        return run -> {
            run.pay(1);
            if (!(run.bindings.value(step) instanceof List<?> events)) {
                return missing;
            }
            long at = place < 0 ? events.size() - 1 : place;
            return at >= 0 && at < events.size() ? value(events.get((int) at)) : missing;
        };
    }

    static Code value(String name) {
        Failed missing = Failed.missing("there is no " + name + " here");
        return run -> {
            run.pay(1);
            Object value = run.bindings.value(name);
            return value == null ? missing : value(value);
        };
    }

    private static Object value(@Nullable Object bound) {
        if (bound instanceof EventView event) {
            return new EventFields(event);
        }
        if (bound instanceof List<?> events) {
            List<Object> all = new ArrayList<>(events.size());
            events.forEach(event -> all.add(value(event)));
            return all;
        }
        if (bound instanceof Map<?, ?> map) {
            Map<String, Object> all = new LinkedHashMap<>();
            map.forEach((name, value) -> all.put((String) name, value(value)));
            return all;
        }
        return bound == null ? List.of() : bound;
    }
}
