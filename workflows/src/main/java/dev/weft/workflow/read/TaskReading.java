package dev.weft.workflow.read;

import dev.weft.config.Fields;
import dev.weft.config.Mapping;
import dev.weft.config.Nearest;
import dev.weft.config.Node;
import dev.weft.config.Problem;
import dev.weft.config.Problems;
import dev.weft.workflow.Body;
import dev.weft.workflow.Shaping;
import dev.weft.workflow.Task;
import dev.weft.workflow.Then;
import dev.weft.workflow.Timeout;
import dev.weft.workflow.jq.Literals;
import dev.weft.workflow.parts.Reading;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads one task: what all tasks have in common, and by its kind the rest. */
final class TaskReading {

    private final Reading reading;
    private final Problems problems;
    private final Uses uses;
    private final Shapings shapings;
    private final Thens thens;
    private final Map<String, BodyReading> kinds = new LinkedHashMap<>();

    /** Reads what a task does. */
    interface BodyReading {

        /** Returns what it does, or nothing if there is a mistake in it; the caller closes the fields. */
        Optional<? extends Body> read(Fields fields, Place place);
    }

    TaskReading(Reading reading, Uses uses, TaskLists lists) {
        this.reading = reading;
        this.problems = reading.problems();
        this.uses = uses;
        this.shapings = new Shapings(reading);
        this.thens = new Thens(problems);
        FlowBodies flow = new FlowBodies(reading, lists, thens);
        EventBodies events = new EventBodies(reading, lists, shapings);
        ErrorBodies errors = new ErrorBodies(reading, uses, lists, thens);
        kinds.put("call", new CallReading(reading, uses, events)::read);
        kinds.put("emit", events::emit);
        kinds.put("for", flow::loop);
        kinds.put("fork", flow::fork);
        kinds.put("listen", events::listen);
        kinds.put("raise", errors::raise);
        kinds.put("run", new RunReading(reading)::read);
        kinds.put("set", flow::set);
        kinds.put("switch", flow::choice);
        kinds.put("try", errors::attempt);
        kinds.put("wait", flow::rest);
        kinds.put("do", flow::sequence);
    }

    Optional<Task> read(Node at, Place place) {
        int before = problems.count();
        reading.countTask(at);
        Fields fields = Fields.of(at, problems);
        Optional<Node> condition = fields.optional("if").node("an expression");
        var holds = condition.flatMap(
                it -> reading.expressions().jq(it, place.locals().input()));
        Shaping input = shapings.input(fields, place.locals().input());
        Shaping output = shapings.output(fields, place.locals().body());
        Shaping export = shapings.export(fields, place.locals().export());
        Optional<Timeout> timeout = uses.timeout(fields, place.locals().body());
        Then then = thens.optional(fields, place).orElse(Then.CONTINUE);
        TaskMetadata metadata = TaskMetadata.read(fields, problems);
        Optional<Task> compensation = metadata.compensate().flatMap(uses::function);
        Optional<Map.Entry<String, BodyReading>> kind = kind(at);
        if (kind.isEmpty()) {
            reportNothingToDo(at);
            return Optional.empty();
        }
        Optional<? extends Body> body = kind.get().getValue().read(fields, place);
        refuseOtherKinds(fields, kind.get().getKey());
        fields.close();
        if (problems.count() > before || body.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Task(
                place.name(),
                place.pointer(),
                holds.orElse(null),
                input,
                body.get(),
                output,
                export,
                timeout.orElse(null),
                then,
                Literals.json(at),
                compensation.orElse(null),
                place.extended() ? uses.extensions(kind.get().getKey()) : List.of(),
                metadata.all()));
    }

    /** A task of {@code for} has {@code do} as well, so that one comes last. */
    private Optional<Map.Entry<String, BodyReading>> kind(Node at) {
        return at instanceof Mapping mapping
                ? kinds.entrySet().stream()
                        .filter(kind -> mapping.get(kind.getKey()) != null)
                        .findFirst()
                : Optional.empty();
    }

    private void refuseOtherKinds(Fields fields, String kind) {
        for (String other : kinds.keySet()) {
            boolean partOfLoop = kind.equals("for") && other.equals("do");
            if (!other.equals(kind) && !partOfLoop && fields.has(other)) {
                fields.optional(other);
                problems.add(
                        fields.keyAt(other), fields.path(other), other + " beside " + kind, "one of both in a task");
            }
        }
    }

    private void reportNothingToDo(Node at) {
        if (at instanceof Mapping mapping) {
            Optional<String> nearest = mapping.names().stream()
                    .flatMap(name -> Nearest.to(name, kinds.keySet()).stream())
                    .findFirst();
            problems.add(
                    new Problem(at.at(), at.path(), "a task that does nothing", Nearest.list(kinds.keySet()), nearest));
        }
    }
}
