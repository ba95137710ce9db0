package dev.weft.workflow.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.config.Fields;
import dev.weft.config.Mapping;
import dev.weft.config.Nearest;
import dev.weft.config.Node;
import dev.weft.config.Problem;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import dev.weft.event.Rfc3339;
import dev.weft.workflow.Definition;
import dev.weft.workflow.DefinitionId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads what happens in a scenario, one move after the other. */
final class MoveReading {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    /** No name of an attribute, as there is a capital in it. */
    private static final String TOPIC = "fromTopic";

    private static final String TIME = "a time such as 2026-11-21T03:00:00Z";

    private final Problems problems;
    private final CallReading calls;
    private final ExpectationReading expectations;
    private final WorkflowReading workflows;
    private final List<Definition> known;
    private final Map<String, Function<Node, Optional<Move>>> kinds = new LinkedHashMap<>();
    private int instances;
    private int events;

    /**
     * Reads the moves of one scenario.
     *
     * @param known its workflows, the first of which is meant where none is named
     */
    MoveReading(WorkflowReading workflows, List<Definition> known, Problems problems) {
        this.problems = problems;
        this.calls = new CallReading(problems);
        this.expectations = new ExpectationReading(problems);
        this.workflows = workflows;
        this.known = new ArrayList<>(known);
        kinds.put("start", this::start);
        kinds.put("event", this::event);
        kinds.put("advance", node -> duration(node).map(millis -> new Move.Advance(node.at(), millis)));
        kinds.put("until", node -> time(node, problems).map(time -> new Move.AdvanceTo(node.at(), time)));
        kinds.put("stall", node -> duration(node).map(millis -> new Move.Stall(node.at(), millis)));
        for (String command : List.of("cancel", "suspend", "resume", "compensate", "reset", "migrate", "get")) {
            kinds.put(command, node -> command(command, node));
        }
        kinds.put("answer", calls::reply);
        kinds.put("deploy", this::deploy);
        kinds.put("then", node -> expectations.read(node).map(expected -> new Move.Check(node.at(), expected)));
    }

    /** Reads a moment, in milliseconds since 1970. */
    static Optional<Long> time(Node node, Problems problems) {
        long time = node instanceof Scalar scalar ? Rfc3339.epochMillis(scalar.text()) : Rfc3339.NOT_A_TIMESTAMP;
        if (time == Rfc3339.NOT_A_TIMESTAMP) {
            problems.add(node, node.described(), TIME);
            return Optional.empty();
        }
        return Optional.of(time);
    }

    /** Reads a move, unless there is a mistake in it: its name, or its name and what belongs to it. */
    Optional<Move> read(Node node) {
        Function<Node, Optional<Move>> named = node instanceof Scalar scalar ? kinds.get(scalar.text()) : null;
        if (named != null) {
            return named.apply(new Mapping(node.at(), node.path(), Map.of(), Map.of()));
        }
        if (!(node instanceof Mapping mapping) || mapping.names().size() != 1) {
            problems.add(node, node.described(), Nearest.list(kinds.keySet()));
            return Optional.empty();
        }
        Map.Entry<String, Node> member = mapping.members().entrySet().iterator().next();
        String kind = member.getKey();
        Node about = member.getValue();
        Function<Node, Optional<Move>> reading = kinds.get(kind);
        if (reading == null) {
            problems.add(new Problem(
                    mapping.keyAt(kind),
                    about.path(),
                    "unknown move \"" + kind + "\"",
                    Nearest.list(kinds.keySet()),
                    Nearest.to(kind, kinds.keySet())));
            return Optional.empty();
        }
        return reading.apply(about);
    }

    /** Returns the start of an instance of the first workflow. */
    Move.Start start(Node at, JsonNode input) {
        return new Move.Start(at.at(), "i" + ++instances, known.get(0).id(), null, input);
    }

    private Optional<Move> start(Node node) {
        int before = problems.count();
        Fields fields = Fields.of(node, problems);
        instances++;
        String instance = fields.optional("id").text().orElse("i" + instances);
        DefinitionId workflow = workflow(fields);
        String version = fields.optional("version").text().orElse(null);
        JsonNode input =
                fields.optional("input").node("any JSON").map(EventJson::data).orElseGet(JSON::objectNode);
        fields.close();
        return problems.count() == before
                ? Optional.of(new Move.Start(node.at(), instance, workflow, version, input))
                : Optional.empty();
    }

    private DefinitionId workflow(Fields fields) {
        Optional<Node> node = fields.optional("workflow").node("the name of a workflow");
        String name = node.filter(Scalar.class::isInstance)
                .map(it -> ((Scalar) it).text())
                .orElse("");
        Optional<DefinitionId> found = known.stream()
                .map(Definition::id)
                .filter(id -> node.isEmpty() || id.name().equals(name))
                .findFirst();
        if (found.isEmpty()) {
            List<String> names =
                    known.stream().map(it -> it.id().name()).distinct().toList();
            problems.addUnknown(node.orElseGet(fields::node), "workflow", name, names);
        }
        return found.orElseGet(() -> known.get(0).id());
    }

    private Optional<Move> event(Node node) {
        int before = problems.count();
        Fields fields = Fields.of(node, problems);
        String topic = fields.optional(TOPIC).text().orElse("events");
        if (fields.has("type")) {
            fields.required("type").text();
        } else if (node instanceof Mapping) {
            problems.add(node, "an event without a type", "type");
        }
        events++;
        if (problems.count() > before || !(EventJson.data(node) instanceof ObjectNode written)) {
            return Optional.empty();
        }
        ObjectNode event = JSON.objectNode()
                .put("specversion", "1.0")
                .put("id", "e" + events)
                .put("source", "/scenario");
        event.setAll(written);
        event.remove(TOPIC);
        return Optional.of(new Move.Event(node.at(), event, topic));
    }

    private Optional<Long> duration(Node node) {
        Mapping holder = new Mapping(node.at(), node.path(), Map.of("for", node), Map.of("for", node.at()));
        return CallReading.duration(Fields.of(holder, problems).required("for")).map(it -> it.toMillis());
    }

    private Optional<Move> command(String command, Node node) {
        int before = problems.count();
        Fields fields = Fields.of(node, problems);
        Move.Who who = who(fields);
        ObjectNode arguments = JSON.objectNode();
        switch (command) {
            case "cancel", "suspend", "compensate" ->
                fields.optional("reason").text().ifPresent(text -> arguments.put("reason", text));
            case "reset" -> fields.required("task").text().ifPresent(text -> arguments.put("task", text));
            case "migrate" -> migration(fields, arguments);
            default -> {}
        }
        fields.close();
        return problems.count() == before
                ? Optional.of(new Move.Command(node.at(), command, who, arguments))
                : Optional.empty();
    }

    /** An instance is meant by its id, or by its number among those that have begun, from 1. */
    private Move.Who who(Fields fields) {
        Optional<Node> node = fields.optional("instance").node("an instance");
        if (node.isEmpty()) {
            return new Move.Who(null, 1);
        }
        if (node.get() instanceof Scalar scalar && scalar.value() instanceof String id) {
            return new Move.Who(id, 0);
        }
        return new Move.Who(
                null, fields.optional("instance").integer(1, 1_000_000).orElse(1));
    }

    private void migration(Fields fields, ObjectNode arguments) {
        DefinitionId workflow = workflow(fields);
        ObjectNode to = arguments
                .putObject("workflow")
                .put("namespace", workflow.namespace())
                .put("name", workflow.name());
        fields.optional("version").text().ifPresent(version -> to.put("version", version));
        fields.optional("dryRun").flag().ifPresent(dry -> arguments.put("dryRun", dry));
        ObjectNode tasks = JSON.objectNode();
        fields.optional("tasks")
                .fields()
                .ifPresent(all -> all.members().forEach(it -> tasks.set(it.getKey(), EventJson.data(it.getValue()))));
        if (!tasks.isEmpty()) {
            arguments.set("tasks", tasks);
        }
    }

    private Optional<Move> deploy(Node node) {
        return workflows.read(node, known).map(definition -> {
            known.add(definition);
            return new Move.Deploy(node.at(), definition);
        });
    }
}
