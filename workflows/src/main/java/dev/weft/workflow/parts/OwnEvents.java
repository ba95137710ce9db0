package dev.weft.workflow.parts;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import dev.weft.workflow.Await;
import dev.weft.workflow.Body;
import dev.weft.workflow.Definition;
import dev.weft.workflow.EventFilter;
import dev.weft.workflow.EventFilter.Test;
import dev.weft.workflow.Task;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Whether events that instances emit may make instances of the same workflow, so that there is no end to them. As far
 * as the document says: a type that is computed is taken for another, anything else that is computed may be what is
 * asked.
 */
public final class OwnEvents {

    private final Definition definition;
    private final List<Task> emitting;
    private final String topic;

    private OwnEvents(Definition definition, List<Task> emitting, String topic) {
        this.definition = definition;
        this.emitting = emitting;
        this.topic = topic;
    }

    /**
     * Returns the first task that emits what may make an instance.
     *
     * @param tasks all of the definition
     * @param topic by which what they emit comes back
     */
    public static Optional<Task> starter(Definition definition, List<Task> tasks, String topic) {
        Await events =
                definition.schedule() == null ? null : definition.schedule().events();
        if (events == null) {
            return Optional.empty();
        }
        List<Task> emitting =
                tasks.stream().filter(task -> task.body() instanceof Body.Emit).toList();
        OwnEvents own = new OwnEvents(definition, emitting, topic);
        if (events.filters().isEmpty()) {
            return emitting.stream().findFirst();
        }
        Predicate<EventFilter> isEmitted = filter -> own.wanted(filter).isPresent();
        boolean starts = events.kind() == Await.Kind.ALL
                ? events.filters().stream().allMatch(isEmitted)
                : events.filters().stream().anyMatch(isEmitted);
        return starts
                ? events.filters().stream()
                        .flatMap(filter -> own.wanted(filter).stream())
                        .findFirst()
                : Optional.empty();
    }

    private Optional<Task> wanted(EventFilter filter) {
        return emitting.stream()
                .filter(task -> filter.tests().stream().allMatch(test -> mayHold(test, (Body.Emit) task.body())))
                .findFirst();
    }

    private boolean mayHold(Test test, Body.Emit emit) {
        if (test instanceof Test.Equal equal) {
            return may(emit, equal.attribute(), equal.text()::equals);
        }
        if (test instanceof Test.Matches matches) {
            return may(emit, matches.attribute(), text -> Pattern.matches(matches.regex(), text));
        }
        return !(test instanceof Test.CameBy by) || by.topic().equals(topic);
    }

    private boolean may(Body.Emit emit, String attribute, Predicate<String> fits) {
        JsonNode said = emit.event().constant(attribute).orElse(null);
        if (said == null) {
            return !attribute.equals("type");
        }
        if (said.isMissingNode() && attribute.equals("source")) {
            return fits.test("/workflows/" + definition.id().namespace() + "/"
                    + definition.id().name());
        }
        boolean isMade = attribute.equals("id") || attribute.equals("time") || attribute.equals("traceparent");
        return said.isMissingNode() ? isMade : fits.test(said.asText());
    }
}
