package dev.weft.workflow.classic;

import dev.weft.config.Fields;
import dev.weft.config.Mapping;
import dev.weft.config.Node;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import dev.weft.workflow.Await;
import dev.weft.workflow.Body;
import dev.weft.workflow.Span;
import dev.weft.workflow.Task;
import dev.weft.workflow.Then;
import dev.weft.workflow.parts.FlowChecks;
import dev.weft.workflow.parts.Locals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All states of a document: those of the flow, in one scope, and those that take others back or are done when the time
 * is over, each beginning a scope of its own. Used once.
 */
final class Flow {

    /** An instance that is kept active does nothing until it is cancelled or its time is over. */
    private static final Duration FOR_EVER = Duration.ofDays(36_500);

    private static final String KEPT = "keepActive";
    private static final Body.ErrorMatch ANY = new Body.ErrorMatch(null, null, null, null, null);
    private static final Set<String> VARIABLES = Locals.NONE.with("error").body();

    private final Library library;
    private final Problems problems;
    private final EventRefs refs;
    private final Map<String, Node> states = new LinkedHashMap<>();
    private final Map<String, Optional<Task>> compensations = new HashMap<>();
    private final Set<String> compensating = new HashSet<>();
    private final boolean keepActive;

    Flow(Library library, List<Node> states, boolean keepActive) {
        this.library = library;
        this.problems = library.problems();
        this.refs = new EventRefs(library);
        this.keepActive = keepActive;
        states.forEach(this::name);
    }

    private void name(Node at) {
        Fields fields = Fields.of(at, problems);
        Library.name(fields.required("name"))
                .ifPresentOrElse(
                        name -> {
                            Node first = states.putIfAbsent(name.text(), at);
                            if (first != null) {
                                problems.add(
                                        name,
                                        "the state \"" + name.text() + "\" a second time",
                                        "each name once: it first stands on line "
                                                + first.at().line());
                            }
                        },
                        () -> {
                            if (at instanceof Mapping && !fields.has("name")) {
                                problems.add(at, "a state without a name", "name: its name");
                            }
                        });
    }

    /** The tasks of the workflow, and the events that make instances. */
    record Lowered(List<Task> tasks, @Nullable Await start) {}

    /**
     * Reads all states.
     *
     * @param start the state that is the first; the first of the document if nothing is said
     * @param timeout of the workflow
     * @param runBefore the state that is done when that time is over
     */
    Lowered read(Optional<Scalar> start, Optional<Span> timeout, Optional<Scalar> runBefore) {
        start.ifPresent(this::check);
        Set<String> last = runBefore
                .map(it -> {
                    check(it);
                    return Transitions.reached(it.text(), states);
                })
                .orElse(Set.of());
        Set<String> main = states.entrySet().stream()
                .filter(it -> !isForCompensation(it.getValue()) && !last.contains(it.getKey()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        String first = start.map(Scalar::text)
                .filter(main::contains)
                .orElseGet(() -> main.stream().findFirst().orElse(""));
        Lowered flow = scope(first, main, true, false);
        warnOfUnused();
        return runBefore.isEmpty() || timeout.isEmpty()
                ? flow
                : new Lowered(List.of(limited(flow.tasks(), timeout.get(), runBefore.get(), last)), flow.start());
    }

    private void warnOfUnused() {
        states.forEach((name, at) -> {
            if (isForCompensation(at) && !compensating.contains(name)) {
                library.reading()
                        .warn(
                                at,
                                "the state \"" + name + "\", which takes no other back",
                                "a state that names it in compensatedBy");
            }
        });
    }

    private void check(Scalar name) {
        if (!states.containsKey(name.text())) {
            problems.addUnknown(name, "state", name.text(), states.keySet());
        }
    }

    private static boolean isForCompensation(Node state) {
        return state instanceof Mapping mapping
                && mapping.get("usedForCompensation") instanceof Scalar used
                && Boolean.TRUE.equals(used.value());
    }

    private Task limited(List<Task> tasks, Span timeout, Scalar runBefore, Set<String> last) {
        Task whole = Made.of("states", "/states", runBefore, new Body.Do(tasks))
                .within(timeout)
                .task();
        List<Task> handler = scope(runBefore.text(), last, false, false).tasks();
        String late = "($error.type | endswith(\"/timeout\")) and $error.instance == \"/states\"";
        Body attempt = new Body.Try(
                List.of(whole),
                ANY,
                "error",
                library.texts().condition(runBefore, late, VARIABLES),
                null,
                null,
                handler,
                null);
        return Made.of("timeouts", "/timeouts", runBefore, attempt).task();
    }

    /** Reads states that lead to each other only. */
    private Lowered scope(String first, Set<String> names, boolean starts, boolean compensates) {
        Then ending = compensates ? Then.EXIT : keepActive && starts ? new Then.To(KEPT) : Then.END;
        Exits exits = new Exits(library, refs, names, ending);
        States reader = new States(library, refs, exits, compensates ? this::refuse : this::compensation);
        Scope scope = new Scope();
        Node begin = states.get(first);
        if (starts && begin != null && isEvent(begin) && Transitions.isWanted(first, states.values())) {
            // Who comes back to the first state waits for events like anywhere else.
            String pointer = States.pointer(first) + "/start";
            scope.add(reader.read(first + "/start", Fields.of(begin, problems), pointer, true, false), begin);
            first = "";
        }
        List<String> order = new ArrayList<>(names);
        if (order.remove(first)) {
            order.add(0, first);
        }
        for (String name : order) {
            Node at = states.get(name);
            if (at != null) {
                boolean isFirst = starts && name.equals(first);
                scope.add(reader.read(name, Fields.of(at, problems), States.pointer(name), isFirst, compensates), at);
                if (compensates && isEvent(at)) {
                    problems.add(at, "an event state that is used for compensation", "a state of another type");
                }
            }
        }
        if (begin != null) {
            if (ending instanceof Then.To) {
                Body stays = new Body.Wait(new Span.Fixed(FOR_EVER));
                scope.add(Made.of(KEPT, "/" + KEPT, begin, stays).then(Then.END).task(), begin);
            }
            exits.between().forEach(task -> scope.add(task, begin));
        }
        if (problems.isEmpty()) {
            FlowChecks.check(scope.tasks, scope.places, library.reading());
        }
        return new Lowered(scope.tasks, scope.start);
    }

    /** Tasks that are being put together. */
    private static final class Scope {

        private final List<Task> tasks = new ArrayList<>();
        private final List<FlowChecks.Place> places = new ArrayList<>();
        private @Nullable Await start;

        void add(States.Lowered lowered, Node at) {
            start = lowered.start() == null ? start : lowered.start();
            lowered.tasks().forEach(task -> add(task, at));
        }

        void add(Task task, Node at) {
            tasks.add(task);
            places.add(new FlowChecks.Place(at.at(), at.path()));
        }
    }

    private static boolean isEvent(Node state) {
        return state instanceof Mapping mapping
                && mapping.get("type") instanceof Scalar type
                && type.text().equals("event");
    }

    private Optional<Task> refuse(Scalar name) {
        problems.add(name, "compensatedBy of a state that takes another back", "no such key");
        return Optional.empty();
    }

    private Optional<Task> compensation(Scalar name) {
        Node at = states.get(name.text());
        if (at == null) {
            check(name);
            return Optional.empty();
        }
        if (!compensations.containsKey(name.text())) {
            compensations.put(name.text(), Optional.empty());
            compensations.put(name.text(), compensation(name, at));
        }
        return compensations.getOrDefault(name.text(), Optional.empty());
    }

    private Optional<Task> compensation(Scalar name, Node at) {
        Set<String> names = Transitions.reached(name.text(), states);
        for (String each : names) {
            if (!isForCompensation(states.getOrDefault(each, at))) {
                problems.add(
                        name, "the state \"" + each + "\" for compensation", "one that says usedForCompensation: true");
                return Optional.empty();
            }
        }
        compensating.addAll(names);
        String pointer = "/compensation" + States.pointer(name.text()).substring("/states".length());
        Body body = new Body.Do(scope(name.text(), names, false, true).tasks());
        return Optional.of(Made.of(name.text(), pointer, at, body).task());
    }
}
