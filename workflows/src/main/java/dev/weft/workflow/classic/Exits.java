package dev.weft.workflow.classic;

import dev.weft.config.Fields;
import dev.weft.config.Mapping;
import dev.weft.config.Node;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import dev.weft.workflow.Body;
import dev.weft.workflow.Task;
import dev.weft.workflow.Then;
import dev.weft.workflow.jq.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What becomes of transitions and ends. One that only leads somewhere is a {@code then}; where events are produced,
 * something is compensated, or another workflow continues, a task of its own comes between.
 */
final class Exits {

    private final Library library;
    private final Problems problems;
    private final EventRefs events;
    private final Set<String> states;
    private final Then ending;
    private final List<Task> between = new ArrayList<>();

    /**
     * Begins.
     *
     * @param states to which a transition may lead
     * @param ending where ends lead that do not terminate
     */
    Exits(Library library, EventRefs events, Set<String> states, Then ending) {
        this.library = library;
        this.problems = library.problems();
        this.events = events;
        this.states = states;
        this.ending = ending;
    }

    /** Returns the tasks that came between, so far. */
    List<Task> between() {
        return between;
    }

    /** Reads {@code transition} or {@code end} of something that must have one of both. */
    Then read(Fields fields, String pointer) {
        boolean ends = fields.has("end");
        if (ends && fields.has("transition")) {
            fields.optional("transition");
            problems.add(fields.keyAt("end"), fields.path("end"), "end beside transition", "one of both");
        }
        if (ends) {
            return fields.optional("end")
                    .node("true")
                    .map(at -> end(at, pointer))
                    .orElse(Then.END);
        }
        return fields.required("transition")
                .node("the name of a state, or end: true")
                .map(at -> transition(at, pointer))
                .orElse(Then.END);
    }

    private Then transition(Node at, String pointer) {
        if (at instanceof Scalar scalar && scalar.value() instanceof String) {
            return state(scalar);
        }
        Fields fields = Fields.of(at, problems);
        Optional<Then> next = Library.name(fields.required("nextState")).map(this::state);
        List<Task> steps = steps(fields, pointer + "/transition");
        fields.close();
        return between(pointer + "/transition", at, steps, next.orElse(Then.END));
    }

    private Then state(Scalar name) {
        if (!states.contains(name.text())) {
            problems.addUnknown(name, "state", name.text(), states);
        }
        return new Then.To(name.text());
    }

    private Then end(Node at, String pointer) {
        if (at instanceof Scalar scalar && Boolean.TRUE.equals(scalar.value())) {
            return ending;
        }
        if (!(at instanceof Mapping)) {
            problems.add(at, at.described(), "true, or how it ends");
            return Then.END;
        }
        Fields fields = Fields.of(at, problems);
        boolean terminates = fields.optional("terminate").flag().orElse(false);
        List<Task> steps = steps(fields, pointer + "/end");
        fields.optional("continueAs")
                .node("the id of a workflow")
                .flatMap(it -> continueAs(it, pointer + "/end/continueAs"))
                .ifPresent(steps::add);
        fields.close();
        return between(pointer + "/end", at, steps, terminates ? Then.END : ending);
    }

    private Then between(String pointer, Node at, List<Task> steps, Then then) {
        if (steps.isEmpty()) {
            return then;
        }
        Task task = Made.of(pointer.substring("/states/".length()), pointer, at, new Body.Do(steps))
                .then(then)
                .task();
        between.add(task);
        return new Then.To(task.name());
    }

    private List<Task> steps(Fields fields, String pointer) {
        List<Task> steps = new ArrayList<>();
        if (fields.optional("compensate").flag().orElse(false)) {
            steps.add(Made.of("compensate", pointer + "/compensate", fields.node(), new Body.Compensate())
                    .task());
        }
        fields.optional("produceEvents").items("an event").ifPresent(items -> {
            for (Node item : items) {
                produce(Fields.of(item, problems), pointer + "/produceEvents/" + steps.size())
                        .ifPresent(steps::add);
            }
        });
        return steps;
    }

    private Optional<Task> produce(Fields fields, String pointer) {
        Optional<Scalar> name = Library.name(fields.required("eventRef"));
        Optional<Node> data = fields.optional("data").node("an expression or an object");
        Optional<Fields> attributes = fields.optional("contextAttributes").fields();
        fields.close();
        return name.flatMap(it -> events.emit(it, data, attributes))
                .map(emit -> Made.of(pointer.substring(pointer.lastIndexOf('/') + 1), pointer, fields.node(), emit)
                        .as(library.texts().made(fields.node(), "$input"))
                        .task());
    }

    private Optional<Task> continueAs(Node at, String pointer) {
        Optional<Fields> fields = at instanceof Mapping ? Optional.of(Fields.of(at, problems)) : Optional.empty();
        Optional<Scalar> id = fields.map(it -> Library.name(it.required("workflowId")))
                .orElseGet(() -> at instanceof Scalar scalar && scalar.value() instanceof String
                        ? Optional.of(scalar)
                        : Optional.empty());
        Optional<String> version = fields.flatMap(it -> it.optional("version").text());
        Optional<Template> data = fields.flatMap(it -> it.optional("data").node("an expression or an object"))
                .flatMap(it -> library.texts().transformation(it));
        fields.filter(it -> it.has("workflowExecTimeout")).ifPresent(it -> {
            it.optional("workflowExecTimeout");
            problems.add(
                    it.keyAt("workflowExecTimeout"),
                    it.path("workflowExecTimeout"),
                    "a timeout for another workflow",
                    "the timeout in that workflow");
        });
        fields.ifPresent(Fields::close);
        if (id.isEmpty() && fields.isEmpty()) {
            problems.add(at, at.described(), "the id of a workflow");
        }
        return id.map(it -> WorkflowRef.of(it, version, library.reading()))
                .map(ref -> Made.of(
                                "continueAs",
                                pointer,
                                at,
                                new Body.ContinueAs(ref.namespace(), ref.name(), ref.version()))
                        .from(data.orElse(null))
                        .task());
    }
}
