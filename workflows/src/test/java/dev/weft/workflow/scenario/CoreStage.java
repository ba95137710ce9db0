package dev.weft.workflow.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.re2j.Pattern;
import dev.weft.workflow.Definition;
import dev.weft.workflow.DefinitionId;
import dev.weft.workflow.EventFilter;
import dev.weft.workflow.WorkflowError;
import dev.weft.workflow.call.CallOutcome;
import dev.weft.workflow.engine.Effect;
import dev.weft.workflow.engine.Engine;
import dev.weft.workflow.engine.Instance;
import dev.weft.workflow.engine.InstanceForm;
import dev.weft.workflow.engine.InstanceUnreadable;
import dev.weft.workflow.engine.Limits;
import dev.weft.workflow.engine.Program;
import dev.weft.workflow.engine.Signal;
import dev.weft.workflow.engine.Step;
import dev.weft.workflow.engine.Surroundings;
import dev.weft.workflow.jq.Jq;
import dev.weft.workflow.jq.JqBudget;
import dev.weft.workflow.jq.JqFailure;
import dev.weft.workflow.jq.Variables;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The engine and as little around it as will do: it asks every filter of every instance of every event, one after the
 * other. So it tells what instances should do where all that makes them fast is left out. Knows no schedules.
 */
final class CoreStage implements Stage {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final long EARLY_MILLIS = 300_000;

    private final Scenario.Given given;
    private final StubbedCalls calls;
    private final boolean forgets;
    private final Engine engine = new Engine();
    private final List<Program> programs = new ArrayList<>();
    private final Map<String, Living> instances = new LinkedHashMap<>();
    private final List<Heard> heard = new ArrayList<>();
    private final Deque<Runnable> queue = new ArrayDeque<>();
    private final List<ObjectNode> emitted = new ArrayList<>();
    private final List<ObjectNode> lifecycle = new ArrayList<>();
    private final List<ObjectNode> replies = new ArrayList<>();
    private long now;

    /**
     * Sets the stage.
     *
     * @param forgets whether each instance is written after each step, and read before the next
     */
    CoreStage(Scenario.Given given, StubbedCalls calls, boolean forgets) {
        this.given = given;
        this.calls = calls;
        this.forgets = forgets;
        this.now = given.time();
        given.workflows().forEach(this::deploy);
    }

    /** An event that came. */
    private record Heard(ObjectNode event, String topic, long at) {}

    /** Somebody waits for events. */
    private record Waiting(String token, Effect.Wanted wanted) {}

    /** An instance, and what the world knows of it. */
    private static final class Living {
        private Program program;
        private @Nullable Instance instance;
        private byte @Nullable [] form;
        private final List<Waiting> waiting = new ArrayList<>();
        private long wakeAt = Long.MAX_VALUE;
        private boolean hasEnded;
        private @Nullable String successor;

        Living(Program program) {
            this.program = program;
        }

        Instance instance() {
            if (form == null) {
                return Objects.requireNonNull(instance);
            }
            try {
                return InstanceForm.read(form, program);
            } catch (InstanceUnreadable e) {
                throw new AssertionError(e);
            }
        }
    }

    @Override
    public void deploy(Definition definition) {
        programs.add(Program.of(definition));
    }

    private Optional<Program> program(String namespace, String name, @Nullable String version) {
        return programs.stream()
                .filter(it -> it.definition().id().namespace().equals(namespace)
                        && it.definition().id().name().equals(name)
                        && (version == null || it.definition().id().version().equals(version)))
                .max(Comparator.comparing(it -> number(it.definition().id())));
    }

    private static String number(DefinitionId id) {
        StringBuilder padded = new StringBuilder();
        for (String part : id.version().split("\\.")) {
            padded.append("%6s".formatted(part));
        }
        return padded.toString();
    }

    @Override
    public void start(Move.Start start) {
        begin(
                start.instance(),
                start.workflow().namespace(),
                start.workflow().name(),
                start.version(),
                start.input(),
                null);
        run();
    }

    private void begin(
            String id,
            String namespace,
            String name,
            @Nullable String version,
            JsonNode input,
            Signal.@Nullable Parent parent) {
        if (instances.containsKey(id)) {
            return;
        }
        Program program = program(namespace, name, version).orElseThrow();
        Living living = new Living(program);
        instances.put(id, living);
        settle(living, engine.apply(program, null, new Signal.Start(id, input, parent, null), around()));
    }

    private Surroundings around() {
        return new Surroundings(now, () -> 0, given.lifecycle(), Limits.USUAL);
    }

    private void tell(String id, Signal signal) {
        queue.add(() -> {
            Living living = instances.get(id);
            if (living != null && !living.hasEnded) {
                settle(living, engine.apply(living.program, living.instance(), signal, around()));
            } else if (living != null && living.successor != null && signal instanceof Signal.Cancel) {
                tell(living.successor, signal);
            }
        });
    }

    @Override
    public void run() {
        while (!queue.isEmpty()) {
            queue.remove().run();
        }
    }

    private void settle(Living living, Step step) {
        Instance next = step.next();
        living.program = next.program();
        living.instance = next;
        living.form = forgets ? InstanceForm.write(next) : null;
        for (Effect effect : step.effects()) {
            perform(living, next.id(), effect);
        }
    }

    private void perform(Living living, String id, Effect effect) {
        if (effect instanceof Effect.Emit emit) {
            emitted.add(emit.event().deepCopy());
        } else if (effect instanceof Effect.Subscribe subscribe) {
            for (Effect.Wanted wanted : subscribe.wanted()) {
                Waiting waiting = new Waiting(subscribe.token(), wanted);
                living.waiting.add(waiting);
                heard.stream()
                        .filter(it -> it.at() >= subscribe.since() && it.at() >= now - early(living))
                        .forEach(it -> offer(living, id, waiting, it));
            }
        } else if (effect instanceof Effect.Unsubscribe unsubscribe) {
            living.waiting.removeIf(it -> it.token().equals(unsubscribe.token())
                    && unsubscribe.wanted().contains(it.wanted()));
        } else if (effect instanceof Effect.Call call) {
            calls.call(call.request(), now, outcome -> tell(id, ended(call.token(), outcome)));
        } else if (effect instanceof Effect.StartChild child) {
            if (child.succeeds(id)) {
                living.successor = child.instance();
            }
            queue.add(() -> begin(
                    child.instance(), child.namespace(), child.name(), child.version(), child.input(), child.parent()));
        } else if (effect instanceof Effect.CancelChild child) {
            tell(child.instance(), new Signal.Cancel(child.reason()));
        } else if (effect instanceof Effect.WakeAt at) {
            living.wakeAt = at.millis();
        } else if (effect instanceof Effect.NoWake) {
            living.wakeAt = Long.MAX_VALUE;
        } else if (effect instanceof Effect.GoOnSoon) {
            tell(id, new Signal.GoOn());
        } else if (effect instanceof Effect.Lifecycle told) {
            lifecycle.add(JSON.objectNode().put("type", told.type()).set("data", told.data()));
        } else if (effect instanceof Effect.Ended ended) {
            living.hasEnded = true;
            if (ended.parent() != null) {
                Signal.Parent parent = ended.parent();
                tell(parent.instance(), new Signal.ChildEnded(parent.token(), ended.output(), ended.error()));
            }
        }
    }

    private static Signal ended(String token, CallOutcome outcome) {
        return new Signal.CallEnded(token, outcome.result(), outcome.error());
    }

    private static long early(Living living) {
        var own = living.program.definition().dialect().earlyEvents();
        return own == null ? EARLY_MILLIS : own.toMillis();
    }

    @Override
    public void event(ObjectNode event, String topic) {
        Heard coming = new Heard(event, topic, now);
        heard.add(coming);
        instances.forEach((id, living) -> {
            for (Waiting waiting : living.waiting) {
                offer(living, id, waiting, coming);
            }
        });
        run();
    }

    private void offer(Living living, String id, Waiting waiting, Heard coming) {
        ObjectNode event = coming.event();
        EventFilter filter = living.program.filters().get(waiting.wanted().filter());
        if (holds(filter, coming) && correlates(filter, waiting.wanted().values(), event)) {
            tell(id, new Signal.Event(waiting.token(), filter.index(), event.deepCopy()));
        }
    }

    private static boolean holds(EventFilter filter, Heard coming) {
        return filter.tests().stream().allMatch(test -> {
            if (test instanceof EventFilter.Test.CameBy by) {
                return by.topic().equals(coming.topic());
            }
            if (test instanceof EventFilter.Test.Equal equal) {
                return equal.text().equals(value(coming, equal.attribute()).textValue());
            }
            if (test instanceof EventFilter.Test.Matches matches) {
                JsonNode value = value(coming, matches.attribute());
                return value.isTextual() && Pattern.matches(matches.regex(), value.textValue());
            }
            if (test instanceof EventFilter.Test.Is is) {
                return same(is.value(), value(coming, is.attribute()));
            }
            EventFilter.Test.Holds holds = (EventFilter.Test.Holds) test;
            return holds.needsInstance() || holds(holds.jq(), value(coming, holds.attribute()));
        });
    }

    private static JsonNode value(Heard coming, String attribute) {
        JsonNode value = coming.event().get(attribute);
        return value == null ? NullNode.getInstance() : value;
    }

    private static boolean holds(Jq jq, JsonNode value) {
        JsonNode result = eval(jq, value);
        return result != null && (result.isBoolean() ? result.booleanValue() : same(result, value));
    }

    private static @Nullable JsonNode eval(Jq jq, JsonNode input) {
        try {
            JsonNode result = jq.eval(input, Variables.NONE, JqBudget.usual(() -> 0));
            return result.isNull() ? null : result;
        } catch (JqFailure e) {
            return null;
        }
    }

    private static boolean correlates(EventFilter filter, List<JsonNode> values, ObjectNode event) {
        int expected = 0;
        for (EventFilter.Correlation correlation : filter.correlations()) {
            JsonNode given = eval(correlation.from(), event);
            if (given == null && correlation.expect() != null) {
                return false;
            }
            if (correlation.expect() != null && !same(values.get(expected++), Objects.requireNonNull(given))) {
                return false;
            }
        }
        return true;
    }

    /** Numbers are equal by value, however deep they stand. */
    private static boolean same(JsonNode one, JsonNode other) {
        return one.equals(
                (left, right) -> left.isNumber() && right.isNumber()
                        ? left.decimalValue().compareTo(right.decimalValue())
                        : left.equals(right) ? 0 : 1,
                other);
    }

    @Override
    public void command(ObjectNode command) {
        JsonNode data = command.path("data");
        String id = data.path("instance").asText();
        Living living = instances.get(id);
        List<String> refusals = living == null || living.hasEnded
                ? List.of("there is no such instance")
                : refusals(living, id, command);
        replies.add(JSON.objectNode().put("done", refusals.isEmpty()).put("detail", String.join("; ", refusals)));
        run();
    }

    private List<String> refusals(Living living, String id, ObjectNode command) {
        JsonNode data = command.path("data");
        String reason = data.path("reason").asText("by command");
        String type = command.path("type").asText();
        Signal signal = switch (type.substring(type.lastIndexOf('.') + 1)) {
            case "cancel" -> new Signal.Cancel(reason);
            case "suspend" -> new Signal.Suspend(reason);
            case "resume" -> new Signal.Resume();
            case "compensate" -> new Signal.Compensate(reason);
            case "reset" -> new Signal.Reset(data.path("task").asText());
            default -> migration(data);
        };
        if (signal instanceof Signal.Reset reset
                && !living.instance().resetPoints().contains(reset.pointer())) {
            return List.of("it cannot go back to " + reset.pointer());
        }
        List<String> obstacles =
                signal instanceof Signal.Migrate migrate ? migrate.obstacles(living.instance()) : List.of();
        if (obstacles.isEmpty() && !data.path("dryRun").asBoolean()) {
            tell(id, signal);
        }
        return obstacles;
    }

    private Signal migration(JsonNode data) {
        Map<String, String> tasks = new HashMap<>();
        data.path("tasks")
                .properties()
                .forEach(it -> tasks.put(it.getKey(), it.getValue().asText()));
        JsonNode to = data.path("workflow");
        return new Signal.Migrate(
                program(
                                to.path("namespace").asText(),
                                to.path("name").asText(),
                                to.path("version").asText(null))
                        .orElseThrow(),
                tasks);
    }

    @Override
    public void advance(long millis) {
        long end = now + millis;
        run();
        for (long due = nextDue(); due <= end; due = nextDue()) {
            now = Math.max(now, due);
            instances.forEach((id, living) -> {
                if (living.wakeAt <= now) {
                    living.wakeAt = Long.MAX_VALUE;
                    tell(id, new Signal.Wake());
                }
            });
            run();
        }
        now = end;
    }

    private long nextDue() {
        return instances.values().stream()
                .filter(living -> !living.hasEnded)
                .mapToLong(living -> living.wakeAt)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    @Override
    public void stall(long millis) {
        now += millis;
    }

    @Override
    public long now() {
        return now;
    }

    @Override
    public Seen seen() {
        List<ObjectNode> all = new ArrayList<>();
        instances.forEach((id, living) -> all.add(shown(id, living)));
        return new Seen(all, emitted, List.of(), lifecycle, replies, List.of());
    }

    private static ObjectNode shown(String id, Living living) {
        Instance instance = living.instance();
        ObjectNode shown = JSON.objectNode()
                .put("id", id)
                .put("workflow", living.program.definition().id().name())
                .put("version", living.program.definition().id().version())
                .put("status", instance.status().name().toLowerCase(Locale.ROOT));
        if (!living.hasEnded) {
            instance.tasks().forEach(shown.putArray("tasks")::add);
        }
        instance.output().ifPresent(output -> shown.set("output", output));
        instance.error().ifPresent(error -> shown.set("error", json(error)));
        return shown;
    }

    private static ObjectNode json(WorkflowError error) {
        return JSON.objectNode()
                .put("type", error.type())
                .put("status", error.status())
                .put("instance", error.instance())
                .put("title", error.title())
                .put("detail", error.detail());
    }

    @Override
    public void close() {
        // All of it is in memory.
    }
}
