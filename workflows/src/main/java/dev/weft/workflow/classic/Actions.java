package dev.weft.workflow.classic;

import dev.weft.config.Field;
import dev.weft.config.Fields;
import dev.weft.config.Mapping;
import dev.weft.config.Node;
import dev.weft.config.Scalar;
import dev.weft.workflow.Await;
import dev.weft.workflow.Body;
import dev.weft.workflow.Span;
import dev.weft.workflow.Task;
import dev.weft.workflow.jq.Jq;
import dev.weft.workflow.jq.Template;
import dev.weft.workflow.parts.Locals;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What becomes of actions: each is a task that gets the data of its state, and makes that data with its result merged
 * into it.
 */
final class Actions {

    /** The member in which an iteration gathers the results of its actions. */
    static final String RESULTS = "weftResults";

    private final Library library;
    private final EventRefs events;
    private final FunctionRefs functions;
    private final ActionRetries retries;

    Actions(Library library, EventRefs events) {
        this.library = library;
        this.events = events;
        this.functions = new FunctionRefs(library);
        this.retries = new ActionRetries(library);
    }

    /** What an action does, and whether that has a result. */
    private record Doing(List<Task> tasks, boolean results) {}

    /**
     * Reads actions.
     *
     * @param timeout of each
     * @param gathers whether results are gathered under {@link #RESULTS}, too
     */
    List<Task> read(List<Node> actions, String pointer, Optional<Span> timeout, boolean gathers) {
        List<Task> tasks = new ArrayList<>();
        for (Node at : actions) {
            String place = pointer + "/" + tasks.size();
            tasks.add(read(Fields.of(at, library.problems()), place, timeout, gathers));
        }
        return tasks;
    }

    /** Reads one action and closes its fields. */
    Task read(Fields fields, String pointer, Optional<Span> timeout, boolean gathers) {
        fields.optional("id").text();
        String name = fields.optional("name").text().orElse(pointer.substring(pointer.lastIndexOf('/') + 1));
        Optional<Jq> condition = fields.optional("condition")
                .node("an expression")
                .flatMap(at -> library.texts().jq(at, Locals.NONE.input()));
        Optional<Fields> filter = fields.optional("actionDataFilter").fields();
        Optional<Node> from = filter.flatMap(it -> it.optional("fromStateData").node("an expression"));
        boolean use = filter.flatMap(it -> it.optional("useResults").flag()).orElse(true);
        String results =
                filter.flatMap(it -> expression(it.optional("results"))).orElse(".");
        String place =
                filter.flatMap(it -> expression(it.optional("toStateData"))).orElse("");
        filter.ifPresent(Fields::close);
        Doing doing = doing(fields, pointer);
        Body body = retries.around(fields, doing.tasks(), pointer);
        boolean merges = use && doing.results();
        String data = from.isPresent() ? "$task.input" : "$input";
        String merged = merges ? Merging.with(Merging.into(data, results, place)) : data;
        if (gathers && merges) {
            merged = merged + " | weftInto(." + RESULTS + "; $weftResult)";
        }
        Optional<Fields> sleep = fields.optional("sleep").fields();
        Optional<Span> before = sleep.flatMap(it -> library.span(it.optional("before")));
        Optional<Span> after = sleep.flatMap(it -> library.span(it.optional("after")));
        sleep.ifPresent(Fields::close);
        fields.close();
        Made action = Made.of(name, pointer, fields.node(), body)
                .from(from.flatMap(at -> library.texts().transformation(at)).orElse(null))
                .as(library.texts().made(fields.node(), merged))
                .within(timeout.orElse(null));
        if (before.isEmpty() && after.isEmpty()) {
            return action.when(condition.orElse(null)).task();
        }
        List<Task> around = new ArrayList<>();
        before.ifPresent(span -> around.add(rest("before", pointer, fields.node(), span)));
        around.add(action.task());
        after.ifPresent(span -> around.add(rest("after", pointer, fields.node(), span)));
        return Made.of(name, pointer + "/sleep", fields.node(), new Body.Do(around))
                .when(condition.orElse(null))
                .task();
    }

    private static Task rest(String name, String pointer, Node at, Span span) {
        return Made.of(name, pointer + "/sleep/" + name, at, new Body.Wait(span))
                .task();
    }

    private Optional<String> expression(Field field) {
        return field.node("an expression").flatMap(at -> library.texts().text(at));
    }

    private Doing doing(Fields fields, String pointer) {
        boolean function = fields.has("functionRef");
        boolean event = fields.has("eventRef");
        boolean flow = fields.has("subFlowRef");
        List.of("functionRef", "eventRef", "subFlowRef").forEach(fields::optional);
        if (function ? event || flow : event && flow) {
            library.problems().add(fields.node(), "more than one of functionRef, eventRef and subFlowRef", "one");
        }
        if (event) {
            return fields.optional("eventRef")
                    .fields()
                    .map(it -> event(it, pointer + "/eventRef"))
                    .orElse(new Doing(List.of(), false));
        }
        if (flow) {
            return fields.optional("subFlowRef")
                    .node("the id of a workflow")
                    .flatMap(at -> flow(at, pointer + "/subFlowRef"))
                    .orElse(new Doing(List.of(), false));
        }
        return fields.required("functionRef")
                .node("a function, an event or a workflow")
                .flatMap(at -> functions.read(at))
                .map(it -> new Doing(
                        List.of(Made.of("functionRef", pointer + "/functionRef", it.at(), it.body())
                                .task()),
                        it.results()))
                .orElse(new Doing(List.of(), false));
    }

    private Doing event(Fields fields, String pointer) {
        Optional<Scalar> trigger = Library.name(fields.required("triggerEventRef"));
        Optional<Scalar> result = Library.name(fields.optional("resultEventRef"));
        Optional<Span> timeout = library.span(fields.optional("resultEventTimeout"));
        Optional<Node> data = fields.optional("data").node("an expression or an object");
        Optional<Fields> attributes = fields.optional("contextAttributes").fields();
        boolean waits = FunctionRefs.waits(fields) && result.isPresent();
        fields.close();
        List<Task> tasks = new ArrayList<>();
        trigger.flatMap(it -> events.emit(it, data, attributes))
                .ifPresent(emit -> tasks.add(Made.of("emit", pointer + "/emit", fields.node(), emit)
                        .as(library.texts().made(fields.node(), "$input"))
                        .task()));
        if (waits) {
            result.flatMap(events::consumed)
                    .ifPresent(event -> tasks.add(Made.of("listen", pointer + "/listen", fields.node(), listen(event))
                            .as(library.texts().made(fields.node(), ".[0]"))
                            .within(timeout.orElse(null))
                            .task()));
        }
        return new Doing(tasks, waits);
    }

    private Body listen(EventRefs.Event event) {
        return new Body.Listen(
                events.await(Await.Kind.ONE, List.of(event)),
                event.dataOnly() ? Body.Read.DATA : Body.Read.ENVELOPE,
                null,
                null);
    }

    private Optional<Doing> flow(Node at, String pointer) {
        Optional<Fields> fields =
                at instanceof Mapping ? Optional.of(Fields.of(at, library.problems())) : Optional.empty();
        Optional<Scalar> id = fields.map(it -> Library.name(it.required("workflowId")))
                .orElseGet(() -> at instanceof Scalar scalar && scalar.value() instanceof String
                        ? Optional.of(scalar)
                        : Optional.empty());
        Optional<String> version = fields.flatMap(it -> it.optional("version").text());
        boolean waits = fields.map(FunctionRefs::waits).orElse(true);
        Optional<String> end =
                fields.flatMap(it -> it.optional("onParentComplete").text());
        fields.ifPresent(Fields::close);
        if (!waits && !end.equals(Optional.of("continue"))) {
            library.problems()
                    .add(
                            at,
                            "a workflow that nobody waits for, and that is to end with this one",
                            "onParentComplete: continue, as it goes on in any case");
        }
        if (id.isEmpty()) {
            library.problems().add(at, at.described(), "the id of a workflow");
        }
        return id.map(it -> WorkflowRef.of(it, version, library.reading())).map(ref -> {
            Template input = library.reading().expressions().identity(at);
            Body run = new Body.RunWorkflow(ref.namespace(), ref.name(), ref.version(), input, waits);
            return new Doing(List.of(Made.of("subFlowRef", pointer, at, run).task()), waits);
        });
    }
}
