package dev.weft.workflow.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.config.Problem;
import dev.weft.config.Problems;
import dev.weft.workflow.Definition;
import dev.weft.workflow.DefinitionId;
import dev.weft.workflow.EventFilter;
import dev.weft.workflow.WorkflowError;
import dev.weft.workflow.jq.CanonicalJson;
import dev.weft.workflow.jq.JqBudget;
import dev.weft.workflow.jq.JqFailure;
import dev.weft.workflow.jq.Variables;
import dev.weft.workflow.read.DefinitionReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What happens to one instance. It is told three times at once: with the instance in memory, with the instance written
 * and read after each signal, and after every single task; what it wants done must be the same.
 */
final class Story {

    static final ObjectMapper JSON = new ObjectMapper();
    static final long NOON = 1_700_000_000_000L;

    private static final Set<DefinitionId> KNOWN = Set.of(
            new DefinitionId("test", "story", "1.0.0"),
            new DefinitionId("test", "child", "1.0.0"),
            new DefinitionId("default", "child", "1.0.0"));

    private Program program;
    private final Map<Twin.Keeping, Twin> twins = new EnumMap<>(Twin.Keeping.class);
    private final List<Effect> effects = new ArrayList<>();
    private final Map<String, Effect.Subscribe> subscriptions = new LinkedHashMap<>();
    private List<Effect> latest = List.of();
    private LifecycleLevel level = LifecycleLevel.NONE;
    private Limits limits = Limits.USUAL;
    private long now = NOON;

    private Story(Program program) {
        this.program = program;
        for (Twin.Keeping keeping : Twin.Keeping.values()) {
            twins.put(keeping, new Twin(keeping, program));
        }
    }

    /** Tells of an instance of a document, which says no more than what it does. */
    static Story of(String text) {
        return new Story(program(text));
    }

    static Story of(Program program) {
        return new Story(program);
    }

    static Program program(String text) {
        return Program.of(definition(text));
    }

    static Definition definition(String text) {
        String head = "document: { dsl: 1.0.3, namespace: test, name: story, version: 1.0.0 }\n";
        Problems problems = new Problems();
        Optional<Definition> definition = DefinitionReader.read(
                "story.yaml",
                text.startsWith("document") || text.contains("specVersion") ? text : head + text,
                endpoint -> {
                    throw new IOException("there is nothing beside a story");
                },
                KNOWN,
                problems,
                new Problems());
        return definition.orElseThrow(() -> new AssertionError(String.join(
                "\n", problems.inReadingOrder().stream().map(Problem::message).toList())));
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text.replace('\'', '"'));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Story telling(LifecycleLevel wanted) {
        level = wanted;
        return this;
    }

    Story within(Limits wanted) {
        limits = wanted;
        return this;
    }

    /** Says that the instance goes by another program now. */
    Story going(Program by) {
        program = by;
        return this;
    }

    // What happens.

    Story start(String input) {
        return take(new Signal.Start("one", json(input), new Signal.Parent("parent", "p.1"), null));
    }

    Story take(Signal signal) {
        List<Effect> first = null;
        for (Map.Entry<Twin.Keeping, Twin> twin : twins.entrySet()) {
            try {
                List<Effect> done = twin.getValue().take(signal, now, level, limits);
                if (first == null) {
                    first = done;
                } else {
                    assertSame(comparable(done), comparable(first), twin.getKey() + ", " + signal);
                }
            } catch (InstanceUnreadable e) {
                throw new AssertionError(e);
            }
        }
        latest = Objects.requireNonNull(first);
        effects.addAll(latest);
        for (Effect effect : latest) {
            if (effect instanceof Effect.Subscribe subscribe) {
                subscriptions.put(subscribe.token(), subscribe);
            } else if (effect instanceof Effect.Unsubscribe unsubscribe) {
                subscriptions.remove(unsubscribe.token());
            }
        }
        return this;
    }

    private static void assertSame(List<Object> done, List<Object> expected, String how) {
        for (int i = 0; i < Math.min(done.size(), expected.size()); i++) {
            assertThat(done.get(i)).as("%s, effect %d", how, i).isEqualTo(expected.get(i));
        }
        assertThat(done).as(how).hasSameSizeAs(expected);
    }

    /** Requests are compared by their bytes. */
    private static List<Object> comparable(List<Effect> effects) {
        return effects.stream()
                .<Object>map(effect -> effect instanceof Effect.Call call
                        ? List.of(
                                call.token(),
                                HexFormat.of().formatHex(call.request().form()))
                        : effect)
                .toList();
    }

    /** So many milliseconds pass, and it is told that it may be time for something. */
    Story pass(long millis) {
        now += millis;
        return take(new Signal.Wake());
    }

    /** So many milliseconds pass, and nobody tells. */
    Story passSilently(long millis) {
        now += millis;
        return this;
    }

    /** An event comes, and goes wherever it is waited for. */
    Story event(String id, String type, String data) {
        ObjectNode event = JSON.createObjectNode();
        event.put("specversion", "1.0").put("id", id).put("source", "/test").put("type", type);
        event.set("data", json(data));
        for (Effect.Subscribe subscribe : List.copyOf(subscriptions.values())) {
            for (Effect.Wanted wanted : subscribe.wanted()) {
                if (isWanted(program.filters().get(wanted.filter()), wanted, event)) {
                    take(new Signal.Event(subscribe.token(), wanted.filter(), event));
                }
            }
        }
        return this;
    }

    Story answer(String result) {
        return take(new Signal.CallEnded(lastToken(), json(result), null));
    }

    Story answerLate(String token, String result) {
        return take(new Signal.CallEnded(token, json(result), null));
    }

    Story refuse(String type, int status) {
        return take(new Signal.CallEnded(lastToken(), null, new WorkflowError(type, status, "", null, "refused")));
    }

    Story childEnds(String output) {
        return childEnds(children().size() - 1, output);
    }

    Story childEnds(int child, String output) {
        return take(new Signal.ChildEnded(tokenOf(children().get(child)), json(output), null));
    }

    static String tokenOf(Effect.StartChild child) {
        return Objects.requireNonNull(child.parent()).token();
    }

    // What is known of it.

    Status status() {
        return instance().status();
    }

    JsonNode output() {
        assertThat(instance().error()).isEmpty();
        return instance()
                .output()
                .orElseThrow(() -> new AssertionError(
                        "still " + status() + " at " + instance().tasks()));
    }

    WorkflowError error() {
        return instance()
                .error()
                .orElseThrow(
                        () -> new AssertionError("no error, but " + instance().output()));
    }

    Instance instance() {
        return Objects.requireNonNull(twins.get(Twin.Keeping.IN_MEMORY)).instance();
    }

    int size() {
        return InstanceForm.write(instance()).length;
    }

    List<Effect> effects() {
        return effects;
    }

    List<Effect> latest() {
        return latest;
    }

    <E extends Effect> List<E> effects(Class<E> kind) {
        return effects.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    List<JsonNode> emitted() {
        return effects(Effect.Emit.class).stream()
                .map(emit -> emit.event().path("data"))
                .toList();
    }

    List<Effect.Call> calls() {
        return effects(Effect.Call.class);
    }

    List<Effect.StartChild> children() {
        return effects(Effect.StartChild.class);
    }

    List<String> told() {
        return effects(Effect.Lifecycle.class).stream()
                .map(told -> told.type()
                        + (told.data().has("task")
                                ? " " + told.data().get("task").asText()
                                : ""))
                .toList();
    }

    String lastToken() {
        return calls().get(calls().size() - 1).token();
    }

    Set<String> subscriptions() {
        return subscriptions.keySet();
    }

    /** Does what the job does where events come in. */
    private static boolean isWanted(EventFilter filter, Effect.Wanted wanted, ObjectNode event) {
        Stream<EventFilter.Test> tests = filter.tests().stream();
        if (!tests.allMatch(test -> holds(test, event))) {
            return false;
        }
        int next = 0;
        for (EventFilter.Correlation correlation : filter.correlations()) {
            if (correlation.expect() != null
                    && !CanonicalJson.areEqual(wanted.values().get(next++), value(correlation, event))) {
                return false;
            }
        }
        return true;
    }

    private static boolean holds(EventFilter.Test test, ObjectNode event) {
        if (test instanceof EventFilter.Test.Equal equal) {
            return event.path(equal.attribute()).asText().equals(equal.text());
        }
        if (test instanceof EventFilter.Test.Matches matches) {
            return event.path(matches.attribute()).asText().matches(matches.regex());
        }
        if (test instanceof EventFilter.Test.Is is) {
            return event.path(is.attribute()).equals(is.value());
        }
        if (test instanceof EventFilter.Test.CameBy) {
            return true; // stories have one topic
        }
        EventFilter.Test.Holds holds = (EventFilter.Test.Holds) test;
        try {
            return holds.needsInstance()
                    || holds.jq().test(event.path(holds.attribute()), Variables.NONE, JqBudget.usual(() -> 0));
        } catch (JqFailure e) {
            return false;
        }
    }

    private static JsonNode value(EventFilter.Correlation correlation, ObjectNode event) {
        try {
            return correlation.from().eval(event, Variables.NONE, JqBudget.usual(() -> 0));
        } catch (JqFailure e) {
            return JSON.nullNode();
        }
    }
}
