package dev.weft.workflow.classic;

import dev.weft.config.Fields;
import dev.weft.config.Node;
import dev.weft.config.Problems;
import dev.weft.config.Scalar;
import dev.weft.workflow.Await;
import dev.weft.workflow.Body;
import dev.weft.workflow.Metadata;
import dev.weft.workflow.Span;
import dev.weft.workflow.Task;
import dev.weft.workflow.Then;
import dev.weft.workflow.jq.Template;
import dev.weft.workflow.parts.Locals;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of states: each is a task named like it. A state that may be left in several ways, by conditions or by
 * errors, makes {@code {exit, data}}, and a second task goes where the number says, with the data.
 */
final class States {

    private static final Body.ErrorMatch ANY = new Body.ErrorMatch(null, null, null, null, null);
    private static final Set<String> VARIABLES = Locals.NONE.with("error").body();
    private static final String ITEM = "weftItem";
    private static final String INDEX = "weftIndex";
    private static final int MOST_AT_ONCE = 100_000;

    private final Library library;
    private final Problems problems;
    private final Texts texts;
    private final Exits exits;
    private final Actions actions;
    private final EventStates events;
    private final Errors errors;
    private final Function<Scalar, Optional<Task>> compensations;
    private final Map<String, Reader> types;

    /**
     * Begins.
     *
     * @param compensations gives what takes a state back, by the name of the state that does
     */
    States(Library library, EventRefs refs, Exits exits, Function<Scalar, Optional<Task>> compensations) {
        this.library = library;
        this.problems = library.problems();
        this.texts = library.texts();
        this.exits = exits;
        this.actions = new Actions(library, refs);
        this.events = new EventStates(library, refs, actions);
        this.errors = new Errors(library);
        this.compensations = compensations;
        this.types = Map.of(
                "operation", this::operation,
                "parallel", this::parallel,
                "inject", this::inject,
                "sleep", this::sleep,
                "foreach", this::foreach,
                "callback", this::callback,
                "event", this::event,
                "switch", this::choice);
    }

    /** Reads what a state of some type does. */
    private interface Reader {
        Work read(Fields fields, String pointer, Library.Timeouts timeouts, boolean starts);
    }

    /**
     * What a state does with its data.
     *
     * @param exits where it goes, by the number that it makes; empty where it makes data alone
     * @param start the events that make instances; null where none do
     */
    private record Work(
            Body body, List<Then> exits, @Nullable Await start) {
        static Work of(Body body) {
            return new Work(body, List.of(), null);
        }
    }

    /** A state as tasks, of which the first is where it begins. */
    record Lowered(List<Task> tasks, @Nullable Await start) {}

    /** Returns the pointer of a state. */
    static String pointer(String name) {
        return "/states/" + name.replace("~", "~0").replace("/", "~1");
    }

    /**
     * Reads a state.
     *
     * @param starts whether it is where the workflow begins; then its events make instances
     * @param mayEndSilently whether it needs neither a transition nor an end
     */
    Lowered read(String name, Fields fields, String pointer, boolean starts, boolean mayEndSilently) {
        library.reading().countTask(fields.node());
        fields.optional("id").text();
        fields.required("name").text();
        Metadata metadata = Metadatas.read(fields);
        Library.Timeouts timeouts = fields.optional("timeouts")
                .fields()
                .map(it -> {
                    Library.Timeouts read = Library.Timeouts.read(it, library.timeouts(), library.reading());
                    it.close();
                    return read;
                })
                .orElse(library.timeouts());
        Optional<Fields> filter = fields.optional("stateDataFilter").fields();
        Optional<Template> input =
                filter.flatMap(it -> it.optional("input").node("an expression")).flatMap(texts::transformation);
        Optional<String> output = filter.flatMap(it -> it.optional("output").node("an expression"))
                .flatMap(texts::text);
        filter.ifPresent(Fields::close);
        fields.optional("usedForCompensation").flag();
        Optional<Task> compensation =
                Library.name(fields.optional("compensatedBy")).flatMap(compensations);
        String type = fields.required("type").text().orElse("");
        Reader reader = types.get(type);
        if (reader == null) {
            fields.optional("type")
                    .node("")
                    .ifPresent(at -> problems.addUnknown(at, "type of state", type, new TreeSet<>(types.keySet())));
            return new Lowered(List.of(), null);
        }
        Work work = reader.read(fields, pointer, timeouts, starts);
        List<Then> leaving = new ArrayList<>(work.exits());
        if (leaving.isEmpty()) {
            boolean silent = mayEndSilently && !fields.has("transition") && !fields.has("end");
            leaving.add(silent ? Then.EXIT : exits.read(fields, pointer));
        }
        List<Fields> onErrors = fields.optional("onErrors").items("an error").orElse(List.of()).stream()
                .map(item -> Fields.of(item, problems))
                .toList();
        Made made;
        List<Task> tasks = new ArrayList<>();
        if (work.exits().isEmpty() && onErrors.isEmpty()) {
            made = Made.of(name, pointer, fields.node(), work.body())
                    .as(output.map(it -> texts.made(fields.node(), it)).orElse(null))
                    .within(timeouts.state().orElse(null))
                    .then(leaving.get(0))
                    .undoneBy(compensation.orElse(null));
        } else {
            String filtered = work.exits().isEmpty()
                    ? "{exit: 0, data: " + Merging.block(output.orElse(".")) + "}"
                    : output.map(it -> ".data |= " + Merging.block(it)).orElse(".");
            Task inner = Made.of("work", pointer + "/work", fields.node(), work.body())
                    .as(texts.made(fields.node(), filtered))
                    .within(timeouts.state().orElse(null))
                    .undoneBy(compensation.orElse(null))
                    .task();
            Body body = onErrors.isEmpty()
                    ? new Body.Do(List.of(inner))
                    : caught(inner, onErrors, pointer, fields.node(), leaving);
            made = Made.of(name, pointer, fields.node(), body).then(new Then.To(exitOf(name)));
            tasks.add(exit(name, pointer, fields.node(), leaving));
        }
        fields.close();
        tasks.add(0, made.from(input.orElse(null)).described(metadata).task());
        return new Lowered(tasks, work.start());
    }

    private static String exitOf(String name) {
        return name + "/exit";
    }

    private Body caught(Task inner, List<Fields> onErrors, String pointer, Node at, List<Then> leaving) {
        List<String> tests = new ArrayList<>();
        StringBuilder number = new StringBuilder();
        for (Fields on : onErrors) {
            String test = on.has("errorRefs")
                    ? errors.named(on.optional("errorRefs"))
                    : Library.name(on.required("errorRef"))
                            .map(errors::condition)
                            .orElse("true");
            number.append("if ")
                    .append(test)
                    .append(" then ")
                    .append(leaving.size())
                    .append(" else ");
            leaving.add(exits.read(on, pointer + "/onErrors/" + tests.size()));
            tests.add("(" + test + ")");
            on.close();
        }
        number.append("-1").append(" end".repeat(onErrors.size()));
        Task handled = Made.of(
                        "handled",
                        pointer + "/handled",
                        at,
                        new Body.Set(texts.made(at, "{exit: (" + number + "), data: .}", VARIABLES)))
                .task();
        return new Body.Try(
                List.of(inner),
                ANY,
                "error",
                texts.condition(at, String.join(" or ", tests), VARIABLES),
                null,
                null,
                List.of(handled),
                null);
    }

    private Task exit(String name, String pointer, Node at, List<Then> leaving) {
        List<Body.Case> cases = new ArrayList<>();
        for (Then then : leaving) {
            boolean last = cases.size() == leaving.size() - 1;
            cases.add(new Body.Case(
                    String.valueOf(cases.size()),
                    last ? null : texts.condition(at, ".exit == " + cases.size(), Locals.NONE.body()),
                    then));
        }
        return Made.of(exitOf(name), pointer + "/exit", at, new Body.Switch(cases))
                .as(texts.made(at, ".data"))
                .task();
    }

    private Work operation(Fields fields, String pointer, Library.Timeouts timeouts, boolean starts) {
        Task all = Sequences.actions(fields, pointer, actions, library, timeouts.action());
        return Work.of(all.body() instanceof Body.Do ? all.body() : new Body.Do(List.of(all)));
    }

    private Work parallel(Fields fields, String pointer, Library.Timeouts timeouts, boolean starts) {
        List<Task> branches = new ArrayList<>();
        for (Node item : fields.required("branches").items("a branch").orElse(List.of())) {
            branches.add(branch(Fields.of(item, problems), pointer + "/branches/" + branches.size(), timeouts));
        }
        boolean some = fields.optional("completionType")
                .parsed("allOf or atLeast", text -> Optional.of(text).filter(Set.of("allOf", "atLeast")::contains))
                .map(it -> it.equals("atLeast"))
                .orElse(false);
        int most = Math.max(1, branches.size());
        Optional<Integer> need = (some ? fields.required("numCompleted") : fields.optional("numCompleted"))
                .node("how many branches must complete")
                .flatMap(at -> count(at, most));
        return Work.of(new Body.Do(List.of(Sequences.together(
                "branches",
                pointer + "/branches",
                fields.node(),
                branches,
                some ? need.orElse(most) : branches.size(),
                library))));
    }

    private Optional<Integer> count(Node at, int most) {
        String text = at instanceof Scalar scalar ? scalar.text() : "";
        if (text.matches("\\d{1,9}") && Integer.parseInt(text) >= 1 && Integer.parseInt(text) <= most) {
            return Optional.of(Integer.parseInt(text));
        }
        problems.add(at, at.described(), "a whole number from 1 to " + most);
        return Optional.empty();
    }

    private Task branch(Fields fields, String pointer, Library.Timeouts around) {
        String name = fields.required("name").text().orElse("");
        Library.Timeouts timeouts = fields.optional("timeouts")
                .fields()
                .map(it -> {
                    Library.Timeouts read = Library.Timeouts.read(it, around, library.reading());
                    it.close();
                    return read;
                })
                .orElse(around);
        List<Task> tasks = actions.read(
                fields.required("actions").items("an action").orElse(List.of()),
                pointer + "/actions",
                timeouts.action(),
                false);
        fields.close();
        return Made.of(name, pointer, fields.node(), new Body.Do(tasks))
                .within(timeouts.branch().orElse(null))
                .task();
    }

    private Work inject(Fields fields, String pointer, Library.Timeouts timeouts, boolean starts) {
        Template data = fields.required("data")
                .fields()
                .flatMap(it -> texts.template(it.node()))
                .orElse(texts.made(fields.node(), "null"));
        Task set = Made.of("data", pointer + "/data", fields.node(), new Body.Set(data))
                .as(texts.made(fields.node(), Merging.with(Merging.into("$input", ".", ""))))
                .task();
        return Work.of(new Body.Do(List.of(set)));
    }

    private Work sleep(Fields fields, String pointer, Library.Timeouts timeouts, boolean starts) {
        Optional<Span> span = library.span(fields.required("duration"));
        return Work.of(new Body.Wait(span.orElse(new Span.Fixed(java.time.Duration.ZERO))));
    }

    private Work foreach(Fields fields, String pointer, Library.Timeouts timeouts, boolean starts) {
        Optional<String> in =
                fields.required("inputCollection").node("an expression").flatMap(texts::text);
        Optional<String> out =
                fields.optional("outputCollection").node("an expression").flatMap(texts::text);
        Optional<String> name = fields.optional("iterationParam").text();
        boolean parallel = fields.optional("mode")
                .parsed(
                        "sequential or parallel",
                        text -> Optional.of(text).filter(Set.of("sequential", "parallel")::contains))
                .map(it -> it.equals("parallel"))
                .orElse(true);
        Optional<Integer> batch =
                fields.optional("batchSize").node("how many at once").flatMap(at -> count(at, MOST_AT_ONCE));
        List<Task> tasks = actions.read(
                fields.required("actions").items("an action").orElse(List.of()),
                pointer + "/actions",
                timeouts.action(),
                true);
        Node at = fields.node();
        String element = name.map(
                        it -> ". + {" + com.fasterxml.jackson.databind.node.TextNode.valueOf(it) + ": $" + ITEM + "}")
                .orElse(".");
        Task iteration = Made.of("iteration", pointer + "/iteration", at, new Body.Do(tasks))
                .from(texts.made(at, element, Locals.NONE.with(ITEM, INDEX).input()))
                .as(texts.made(at, "." + Actions.RESULTS))
                .task();
        Body body = new Body.ForEach(
                ITEM,
                INDEX,
                texts.made(at, Merging.block(in.orElse(".")) + " // []"),
                parallel ? batch.orElse(null) : Integer.valueOf(1),
                List.of(iteration));
        String gathered = out.map(it -> "[.[] | select(. != null)] as $weftResult | $input | " + Merging.block(it)
                        + " |= ((. // []) + $weftResult)")
                .orElse("$input");
        return Work.of(new Body.Do(List.of(Made.of("iterations", pointer + "/iterations", at, body)
                .as(texts.made(at, gathered))
                .task())));
    }

    private Work callback(Fields fields, String pointer, Library.Timeouts timeouts, boolean starts) {
        return Work.of(events.callback(fields, pointer, timeouts));
    }

    private Work event(Fields fields, String pointer, Library.Timeouts timeouts, boolean starts) {
        EventStates.Waiting waiting = events.read(fields, pointer, timeouts, starts);
        return new Work(waiting.body(), List.of(), starts ? waiting.events() : null);
    }

    private Work choice(Fields fields, String pointer, Library.Timeouts timeouts, boolean starts) {
        boolean byEvents = fields.has("eventConditions");
        String key = byEvents ? "eventConditions" : "dataConditions";
        fields.optional("eventConditions");
        fields.optional("dataConditions");
        List<Fields> conditions = fields.required(key).items("a condition").orElse(List.of()).stream()
                .map(item -> Fields.of(item, problems))
                .toList();
        List<Then> leaving = new ArrayList<>();
        for (Fields condition : conditions) {
            condition.optional("name").text();
            condition.optional("metadata").node("a mapping");
            leaving.add(exits.read(condition, pointer + "/" + key + "/" + leaving.size()));
        }
        Body body = byEvents
                ? events.choice(fields, conditions, pointer, timeouts)
                : new Body.Set(texts.made(fields.node(), chosen(conditions)));
        conditions.forEach(Fields::close);
        fields.required("defaultCondition").fields().ifPresent(it -> {
            it.optional("name").text();
            leaving.add(exits.read(it, pointer + "/defaultCondition"));
            it.close();
        });
        return new Work(body, leaving.isEmpty() ? List.of(Then.END) : leaving, null);
    }

    private String chosen(List<Fields> conditions) {
        StringBuilder number = new StringBuilder();
        for (int i = 0; i < conditions.size(); i++) {
            String test = conditions
                    .get(i)
                    .required("condition")
                    .node("an expression")
                    .flatMap(texts::text)
                    .orElse("false");
            number.append("if ")
                    .append(Merging.block(test))
                    .append(" then ")
                    .append(i)
                    .append(" else ");
        }
        number.append(conditions.size()).append(" end".repeat(conditions.size()));
        return "{exit: (" + number + "), data: .}";
    }
}
