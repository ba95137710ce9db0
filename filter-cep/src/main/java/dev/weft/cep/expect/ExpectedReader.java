package dev.weft.cep.expect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weft.cep.Pattern;
import dev.weft.cep.Pattern.Step;
import dev.weft.config.Field;
import dev.weft.config.Fields;
import dev.weft.config.Node;
import dev.weft.config.NodeJson;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import dev.weft.config.Sequence;
import dev.weft.event.Rfc3339;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads what is expected: a list of events, or {@code expected} with such a list and the options {@code inOrder}
 * (usually false) and {@code exactly} (usually true). {@code docs/patterns.md} shows the form.
 */
public final class ExpectedReader {

    private static final String EVENTS = "a list of events, [] for none";

    private final List<Pattern> patterns;
    private final Collection<String> ids;
    private final Problems problems;

    /**
     * @param patterns which events can be expected of
     * @param ids of the events that happen
     */
    public ExpectedReader(List<Pattern> patterns, Collection<String> ids, Problems problems) {
        this.patterns = patterns;
        this.ids = ids;
        this.problems = problems;
    }

    /** Returns what is expected, without what is a problem. */
    public Expected read(Node root) {
        if (root instanceof Sequence list) {
            return new Expected(events(list), false, true);
        }
        Fields fields = Fields.of(root, problems);
        List<ExpectedEvent> events =
                fields.required("expected").node(EVENTS).map(this::events).orElse(List.of());
        boolean inOrder = fields.optional("inOrder").flag().orElse(false);
        boolean exactly = fields.optional("exactly").flag().orElse(true);
        fields.close();
        return new Expected(events, inOrder, exactly);
    }

    private List<ExpectedEvent> events(Node at) {
        if (!(at instanceof Sequence list)) {
            problems.add(at, at.described(), EVENTS);
            return List.of();
        }
        return list.items().stream().flatMap(each -> event(each).stream()).toList();
    }

    private Optional<ExpectedEvent> event(Node at) {
        Fields fields = Fields.of(at, problems);
        Optional<Pattern> pattern =
                fields.required("pattern").node("the id of a pattern").flatMap(this::pattern);
        Optional<String> type = fields.optional("type").text();
        Optional<String> subject = fields.optional("subject").text();
        Optional<Long> time = fields.optional("time")
                .parsed(
                        "a time such as 2026-11-21T03:00:00Z",
                        text -> Optional.of(Rfc3339.epochMillis(text))
                                .filter(millis -> millis != Rfc3339.NOT_A_TIMESTAMP));
        Optional<JsonNode> data = fields.optional("data").node("a JSON value").map(NodeJson::of);
        Field events = fields.optional("events");
        Map<String, List<String>> taken = new LinkedHashMap<>();
        events.fields().ifPresent(steps -> pattern.ifPresent(of -> readSteps(steps, of, taken)));
        fields.close();
        return pattern.map(of -> new ExpectedEvent(
                at.at(),
                of.id(),
                type.orElse(null),
                subject.orElse(null),
                time.orElse(null),
                data.orElse(null),
                taken));
    }

    private Optional<Pattern> pattern(Node at) {
        String id = at instanceof Scalar scalar ? scalar.text() : "";
        Optional<Pattern> found =
                patterns.stream().filter(pattern -> pattern.id().equals(id)).findFirst();
        if (found.isEmpty()) {
            problems.addUnknown(
                    at, "pattern", id, patterns.stream().map(Pattern::id).toList());
        }
        return found;
    }

    private void readSteps(Fields steps, Pattern pattern, Map<String, List<String>> taken) {
        List<String> names = pattern.steps().stream()
                .filter(step -> !step.absent())
                .map(Step::name)
                .toList();
        for (Map.Entry<String, Node> step : steps.members()) {
            String name = step.getKey();
            if (!names.contains(name)) {
                problems.addUnknown(steps.keyAt(name), steps.path(name), "step", name, names);
            }
            taken.put(name, eventIds(step.getValue()));
        }
    }

    private List<String> eventIds(Node at) {
        List<String> found = new ArrayList<>();
        for (Node each : at instanceof Sequence list ? list.items() : List.of(at)) {
            if (!(each instanceof Scalar scalar) || scalar.value() == null) {
                problems.add(each, each.described(), "the id of an event");
            } else if (!ids.contains(scalar.text())) {
                problems.addUnknown(each, "event id", scalar.text(), ids);
            } else {
                found.add(scalar.text());
            }
        }
        return found;
    }
}
