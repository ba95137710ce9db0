package dev.weft.cep.engine;

import dev.weft.cep.Pattern.Step;
import dev.weft.filter.cel.Bindings;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the names of a condition stand for: the events up to a link. */
record LinkBindings(List<Step> steps, @Nullable Link last, Key key) implements Bindings {

    @Override
    public @Nullable Object value(String name) {
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).name().equals(name)) {
                return events(i);
            }
        }
        return switch (name) {
            case "prev" -> last == null ? null : last.event().event();
            case "key" -> key.text();
            default -> null;
        };
    }

    private List<KeptEvent> events(int step) {
        List<KeptEvent> events = new ArrayList<>();
        for (Link link = last; link != null; link = link.before()) {
            if (link.step() == step) {
                events.add(link.event().event());
            }
        }
        Collections.reverse(events);
        return events;
    }

    /** Returns the events by step; steps without any are left out. */
    Map<String, List<KeptEvent>> byStep() {
        Map<String, List<KeptEvent>> byStep = new LinkedHashMap<>();
        for (int i = 0; i < steps.size(); i++) {
            List<KeptEvent> events = events(i);
            if (!events.isEmpty()) {
                byStep.put(steps.get(i).name(), events);
            }
        }
        return byStep;
    }
}
