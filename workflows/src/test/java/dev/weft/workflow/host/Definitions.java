package dev.weft.workflow.host;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.weft.workflow.Await;
import dev.weft.workflow.Body;
import dev.weft.workflow.Definition;
import dev.weft.workflow.DefinitionId;
import dev.weft.workflow.Dialect;
import dev.weft.workflow.EventFilter;
import dev.weft.workflow.EventFilter.Correlation;
import dev.weft.workflow.Metadata;
import dev.weft.workflow.Schedule;
import dev.weft.workflow.Shaping;
import dev.weft.workflow.Task;
import dev.weft.workflow.Then;
import dev.weft.workflow.jq.Jq;
import dev.weft.workflow.jq.JqException;
import dev.weft.workflow.jq.Template;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Small definitions, made by hand: what only the host looks at. */
final class Definitions {

    private Definitions() {}

    static Definition scheduled(String name, String version, Schedule schedule) {
        return definition(name, version, schedule, List.of());
    }

    static Definition listening(String name, String version, EventFilter... filters) {
        Await await = new Await(Await.Kind.ANY, List.of(filters), null);
        return definition(
                name, version, null, List.of(task("wait", new Body.Listen(await, Body.Read.DATA, null, null))));
    }

    /** Returns a definition that waits for an event, and at which the engine fails then. */
    static Definition broken() {
        Await await = new Await(Await.Kind.ONE, List.of(filter(0, "go")), null);
        Template fails = Template.constant(new ObjectNode(JsonNodeFactory.instance) {
            @Override
            public Set<Map.Entry<String, JsonNode>> properties() {
                throw new IllegalStateException("it is broken");
            }
        });
        return definition(
                "broken",
                "1.0.0",
                null,
                List.of(
                        task("wait", new Body.Listen(await, Body.Read.DATA, null, null)),
                        task("fail", new Body.Set(fails))));
    }

    private static Definition definition(String name, String version, @Nullable Schedule schedule, List<Task> tasks) {
        return new Definition(
                new DefinitionId("shop", name, version),
                name + ":" + version,
                JsonNodeFactory.instance.objectNode(),
                Map.of(),
                Definition.Mode.STRICT,
                Shaping.NONE,
                Shaping.NONE,
                tasks,
                null,
                schedule,
                Map.of(),
                List.of(),
                Dialect.NONE,
                Metadata.NONE);
    }

    private static Task task(String name, Body body) {
        return new Task(
                name,
                "/do/" + name,
                null,
                Shaping.NONE,
                body,
                Shaping.NONE,
                Shaping.NONE,
                null,
                new Then.Continue(),
                JsonNodeFactory.instance.objectNode(),
                null,
                List.of(),
                Metadata.NONE);
    }

    static EventFilter filter(int index, String type, Correlation... correlations) {
        return new EventFilter(index, List.of(new EventFilter.Test.Equal("type", type)), List.of(correlations));
    }

    static EventFilter filter(int index, List<EventFilter.Test> tests, Correlation... correlations) {
        return new EventFilter(index, tests, List.of(correlations));
    }

    static Correlation expecting(String from, String value) {
        return expecting(from, TextNode.valueOf(value));
    }

    static Correlation expecting(String from, JsonNode value) {
        return new Correlation("key", jq(from), Template.constant(value));
    }

    static Correlation agreeing(String key, String from) {
        return new Correlation(key, jq(from), null);
    }

    static Jq jq(String text) {
        try {
            return Jq.compile(text, Set.of());
        } catch (JqException e) {
            throw new AssertionError(e);
        }
    }
}
