package dev.weft.workflow.classic;

import dev.weft.config.Fields;
import dev.weft.config.Node;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import dev.weft.workflow.Await;
import dev.weft.workflow.Body;
import dev.weft.workflow.Span;
import dev.weft.workflow.Task;
import dev.weft.workflow.Then;
import dev.weft.workflow.parts.Locals;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What becomes of states that wait for events: a task that listens, the data and the events side by side while it is
 * decided what the events mean, and then the actions.
 */
final class EventStates {

    private static final Set<String> VARIABLES = Locals.NONE.with("error").body();
    private static final Body.ErrorMatch ANY = new Body.ErrorMatch(null, null, null, null, null);

    private final Library library;
    private final Problems problems;
    private final EventRefs events;
    private final Actions actions;

    EventStates(Library library, EventRefs events, Actions actions) {
        this.library = library;
        this.problems = library.problems();
        this.events = events;
        this.actions = actions;
    }

    /** One of {@code onEvents}. */
    private record On(List<EventRefs.Event> events, EventData data, Task actions) {}

    /** What an event state does, and which events make instances of the workflow if it is the first. */
    record Waiting(Body body, Await events) {}

    /**
     * Reads an event state.
     *
     * @param starts whether its events make instances: then they are its input
     */
    Waiting read(Fields fields, String pointer, Library.Timeouts timeouts, boolean starts) {
        boolean exclusive = fields.optional("exclusive").flag().orElse(true);
        List<On> ons = new ArrayList<>();
        for (Node item : fields.required("onEvents").items("events").orElse(List.of())) {
            ons.add(on(Fields.of(item, problems), pointer + "/onEvents/" + ons.size(), timeouts));
        }
        Map<String, EventRefs.Event> wanted = new LinkedHashMap<>();
        ons.forEach(on -> on.events().forEach(event -> wanted.putIfAbsent(event.name(), event)));
        Await.Kind kind = exclusive ? Await.Kind.ANY : Await.Kind.ALL;
        List<EventRefs.Event> all = List.copyOf(wanted.values());
        Await await = starts ? events.start(kind, all) : events.await(kind, all);
        List<Task> tasks = new ArrayList<>();
        if (starts) {
            Body input = new Body.Set(library.texts().made(fields.node(), "{data: {}, events: .}"));
            tasks.add(
                    Made.of("events", pointer + "/events", fields.node(), input).task());
        } else {
            tasks.add(listening(fields.node(), pointer, await, "{data: $input, events: .}", timeouts.event()));
        }
        tasks.addAll(exclusive ? oneOf(fields.node(), pointer, ons) : allOf(fields.node(), pointer, ons));
        return new Waiting(new Body.Do(tasks), await);
    }

    private On on(Fields fields, String pointer, Library.Timeouts timeouts) {
        List<EventRefs.Event> refs =
                fields.required("eventRefs").texts("the name of an event").orElse(List.of()).stream()
                        .flatMap(name -> events.consumed(name).stream())
                        .toList();
        Body body = body(fields, pointer, timeouts.action());
        EventData data = EventData.read(fields, library);
        fields.close();
        return new On(
                refs,
                data,
                Made.of("actions", pointer + "/actions", fields.node(), body).task());
    }

    /** Reads {@code actions}, of which there may be none, and their {@code actionMode}. */
    private Body body(Fields fields, String pointer, Optional<Span> timeout) {
        return fields.has("actions")
                ? new Body.Do(List.of(Sequences.actions(fields, pointer, actions, library, timeout)))
                : new Body.Do(List.of(Made.of(
                                "nothing",
                                pointer + "/nothing",
                                fields.node(),
                                new Body.Set(library.texts().made(fields.node(), ".")))
                        .task()));
    }

    /**
     * Returns the task that listens. Where nothing came in time there are no events.
     *
     * @param output the expression that makes what comes of the array of envelopes, and of {@code $input}, the data
     */
    Task listening(Node at, String pointer, Await await, String output, Optional<Span> timeout) {
        Made listen = Made.of("listen", pointer + "/listen", at, new Body.Listen(await, Body.Read.ENVELOPE, null, null))
                .as(library.texts().made(at, Merging.with(output)));
        if (timeout.isEmpty()) {
            return listen.task();
        }
        Task late = Made.of(
                        "late",
                        pointer + "/late",
                        at,
                        new Body.Set(library.texts().made(at, Merging.with(". as $input | [] | " + output), VARIABLES)))
                .task();
        Body attempt = new Body.Try(
                List.of(listen.within(timeout.get()).task()),
                ANY,
                "error",
                library.texts().condition(at, "$error.type | endswith(\"/timeout\")", VARIABLES),
                null,
                null,
                List.of(late),
                null);
        return Made.of("events", pointer + "/events", at, attempt).task();
    }

    private List<Task> oneOf(Node at, String pointer, List<On> ons) {
        List<Body.Case> cases = new ArrayList<>();
        List<Task> tasks = new ArrayList<>();
        for (On on : ons) {
            String name = "on" + cases.size();
            cases.add(new Body.Case(
                    name,
                    library.texts()
                            .condition(
                                    at,
                                    ".events[0] | . != null and (" + condition(on.events()) + ")",
                                    Locals.NONE.body()),
                    new Then.To(name)));
            String merged = Merging.with(on.data().merged(".data", ".events[0]", on.events()));
            tasks.add(Made.of(name, on.actions().pointer(), at, on.actions().body())
                    .from(library.texts().made(at, merged, Locals.NONE.input()))
                    .then(Then.EXIT)
                    .task());
        }
        cases.add(new Body.Case("none", null, new Then.To("none")));
        tasks.add(
                0,
                Made.of("which", pointer + "/which", at, new Body.Switch(cases)).task());
        tasks.add(data("none", at, pointer));
        return tasks;
    }

    private List<Task> allOf(Node at, String pointer, List<On> ons) {
        List<Task> tasks = new ArrayList<>();
        Body came = new Body.Switch(List.of(
                new Body.Case(
                        "none",
                        library.texts().condition(at, ".events == []", Locals.NONE.body()),
                        new Then.To("data")),
                new Body.Case("all", null, Then.CONTINUE)));
        tasks.add(Made.of("came", pointer + "/came", at, came).task());
        for (On on : ons) {
            String merged = ".events as $weftEvents | " + "reduce ($weftEvents[] | select("
                    + condition(on.events()) + ")) as $weftEvent (.data; "
                    + on.data().merged(".", "$weftEvent", on.events()) + ")";
            tasks.add(Made.of(
                            "on" + tasks.size(),
                            on.actions().pointer(),
                            at,
                            on.actions().body())
                    .from(library.texts().made(at, Merging.with(merged), Locals.NONE.input()))
                    .as(library.texts().made(at, "{data: ., events: $task.input.events}"))
                    .task());
        }
        tasks.add(data("data", at, pointer));
        return tasks;
    }

    private Task data(String name, Node at, String pointer) {
        return Made.of(
                        name,
                        pointer + "/" + name,
                        at,
                        new Body.Set(library.texts().made(at, ".data")))
                .task();
    }

    /** Returns the condition that an envelope is one of these events. */
    static String condition(List<EventRefs.Event> events) {
        return events.stream()
                .map(event -> Merging.block(event.condition()))
                .reduce((one, other) -> one + " or " + other)
                .orElse("false");
    }

    /** Reads a callback state: the action, then the event by which its end is told. */
    Body callback(Fields fields, String pointer, Library.Timeouts timeouts) {
        List<Task> tasks = new ArrayList<>();
        fields.required("action")
                .fields()
                .ifPresent(it -> tasks.add(actions.read(it, pointer + "/action", timeouts.action(), false)));
        Optional<Scalar> name = Library.name(fields.required("eventRef"));
        EventData data = EventData.read(fields, library);
        name.flatMap(events::consumed).ifPresent(event -> {
            Await await = events.await(Await.Kind.ONE, List.of(event));
            String output = "if . == [] then $input else " + data.merged("$input", ".[0]", List.of(event)) + " end";
            tasks.add(listening(fields.node(), pointer, await, output, timeouts.event()));
        });
        return new Body.Do(tasks);
    }

    /** One of {@code eventConditions}. */
    private record When(Optional<EventRefs.Event> event, EventData data) {}

    /**
     * Reads the conditions of a switch that waits for events; what the body makes says which of them holds, and
     * {@code conditions} stands for the default.
     */
    Body choice(Fields fields, List<Fields> conditions, String pointer, Library.Timeouts timeouts) {
        List<When> whens = conditions.stream()
                .map(it -> new When(
                        Library.name(it.required("eventRef")).flatMap(events::consumed), EventData.read(it, library)))
                .toList();
        List<EventRefs.Event> all =
                whens.stream().flatMap(when -> when.event().stream()).toList();
        StringBuilder output = new StringBuilder(".[0] as $weftEvent | ");
        for (int i = 0; i < whens.size(); i++) {
            List<EventRefs.Event> event = whens.get(i).event().stream().toList();
            output.append(i == 0 ? "if " : " elif ")
                    .append("($weftEvent | . != null and (")
                    .append(condition(event))
                    .append(")) then {exit: ")
                    .append(i)
                    .append(", data: ")
                    .append(Merging.block(whens.get(i).data().merged("$input", "$weftEvent", event)))
                    .append("}");
        }
        output.append(" else {exit: ").append(whens.size()).append(", data: $input} end");
        Await await = events.await(Await.Kind.ANY, all);
        return new Body.Do(List.of(listening(fields.node(), pointer, await, output.toString(), timeouts.event())));
    }
}
