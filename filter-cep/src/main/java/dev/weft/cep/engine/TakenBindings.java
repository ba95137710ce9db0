package dev.weft.cep.engine;

import dev.weft.filter.cel.Bindings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the names of a condition stand for: the events that a partial match has taken. */
record TakenBindings(SequencePlan plan, Taken[] taken, int count, Key key) implements Bindings {

    @Override
    public @Nullable Object value(String name) {
        SequencePlan.Range range = plan.ranges.get(name);
        if (range != null) {
            return events(range);
        }
        return switch (name) {
            case "prev" -> count == 0 ? null : taken[count - 1].event();
            case "key" -> key.text();
            default -> null;
        };
    }

    private List<KeptEvent> events(SequencePlan.Range range) {
        List<KeptEvent> events = new ArrayList<>(range.to() - range.from());
        for (int i = range.from(); i < Math.min(range.to(), count); i++) {
            events.add(taken[i].event());
        }
        return events;
    }

    /** Returns the events by step; steps without any are left out. */
    Map<String, List<KeptEvent>> byStep() {
        Map<String, List<KeptEvent>> byStep = new LinkedHashMap<>();
        plan.ranges.forEach((name, range) -> {
            List<KeptEvent> events = events(range);
            if (!events.isEmpty()) {
                byStep.put(name, events);
            }
        });
        return byStep;
    }
}
