package dev.weft.workflow.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.workflow.Await;
import dev.weft.workflow.Definition;
import dev.weft.workflow.EventFilter;
import dev.weft.workflow.Schedule;
import dev.weft.workflow.Task;
import dev.weft.workflow.call.SecretPlaceholder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A definition, compiled: each task has a number, and knows where the flow goes from it. May be used by many threads,
 * for all instances of the definition.
 */
public final class Program {

    private final Definition definition;
    private final List<Op> ops;
    private final Map<String, Op> byPointer = new HashMap<>();
    private final List<EventFilter> filters;
    private final @Nullable EventFilter anyEvent;

    final RootOp root;
    final JsonNode secrets;

    /** Whether an expression asks for {@code $workflow}. */
    final boolean tellsWorkflow;

    /** For how many tasks it is kept what they had. */
    final int resetPoints;

    private Program(Definition definition) {
        this.definition = definition;
        Compilation compilation = new Compilation(definition);
        this.root = compilation.root;
        this.ops = List.copyOf(compilation.ops);
        this.filters = List.copyOf(compilation.filters);
        this.anyEvent = compilation.anyEvent;
        this.tellsWorkflow = compilation.tellsWorkflow;
        ops.forEach(op -> byPointer.putIfAbsent(op.pointer, op));
        this.resetPoints = Math.max(
                1, definition.metadata().json().path(ResetPoints.METADATA).asInt(1));
        this.secrets = SecretPlaceholder.secrets(definition.secrets());
    }

    /**
     * Compiles a definition.
     *
     * @throws IllegalArgumentException if names in it stand for nothing, which the reader of documents makes sure of
     */
    public static Program of(Definition definition) {
        return new Program(definition);
    }

    /** Returns what was compiled. */
    public Definition definition() {
        return definition;
    }

    /**
     * Returns all filters of events, by their index: those of {@code listen} and of the schedule. Where every event is
     * meant, a filter that asks for nothing stands for that, with an index of its own after all others.
     */
    public List<EventFilter> filters() {
        return filters;
    }

    /** Returns the filters of what is waited for: where it names none, the one that asks for nothing. */
    public List<EventFilter> filtersOf(Await await) {
        return Compilation.filtersOf(await, anyEvent);
    }

    /** Returns the task with that pointer. */
    public Optional<Task> task(String pointer) {
        return Optional.ofNullable(byPointer.get(pointer)).map(op -> op.task);
    }

    @Nullable
    Op op(String pointer) {
        return byPointer.get(pointer);
    }

    List<Op> ops() {
        return ops;
    }

    int size() {
        return ops.size();
    }

    /** Events that made an instance are not consumed again by it. */
    void markStartEvents(Instance instance, JsonNode input) {
        if (!(definition.schedule() instanceof Schedule.On) || !input.isArray()) {
            return;
        }
        for (JsonNode event : input) {
            if (event instanceof ObjectNode envelope && envelope.has("id") && envelope.has("source")) {
                instance.consumed.take(EventKey.of(envelope), 0);
            }
        }
    }
}
