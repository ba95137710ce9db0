package dev.weft.workflow.host;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.function.Effects.Egress;
import dev.weft.workflow.DefinitionId;
import dev.weft.workflow.WorkflowError;
import dev.weft.workflow.engine.Instance;
import dev.weft.workflow.engine.Status;
import dev.weft.workflow.engine.Surroundings;
import dev.weft.workflow.jq.Jq;
import dev.weft.workflow.jq.JqBudget;
import dev.weft.workflow.jq.JqFailure;
import dev.weft.workflow.jq.Variables;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How an instance is, for whoever looks; see {@link OutgoingEvents}. */
final class InstanceRows {

    private InstanceRows() {}

    /** Returns the row of an instance. */
    static Egress of(Workflow workflow, Instance instance, long number, Surroundings around) {
        return row(workflow, instance.id(), data(workflow, instance, around), number, around.now());
    }

    /** Returns the row of one that has ended. */
    static Egress of(Workflow workflow, String id, EndedInstance ended, long number, long now) {
        return row(workflow, id, data(id, ended), number, now);
    }

    private static Egress row(Workflow workflow, String id, ObjectNode data, long number, long now) {
        return OutgoingEvents.row(Performance.source(workflow), id, id + "." + number, data, now);
    }

    static ObjectNode data(Workflow workflow, Instance instance, Surroundings around) {
        DefinitionId id = workflow.definition().id();
        ObjectNode data = data(instance.id(), WorkflowName.of(id), instance.status())
                .put("digest", workflow.definition().digest())
                .put("startedAt", Instant.ofEpochMilli(instance.startedAt()).toString())
                .put("updatedAt", Instant.ofEpochMilli(instance.updatedAt()).toString());
        ArrayNode tasks = data.putArray("tasks");
        instance.tasks().forEach(tasks::add);
        if (!workflow.definition().dialect().search().isEmpty()) {
            data.set("search", search(workflow, instance, around));
        }
        addError(data, instance.error().orElse(null));
        return data;
    }

    static ObjectNode data(String id, EndedInstance ended) {
        ObjectNode data = data(id, ended.workflow(), ended.status())
                .put("startedAt", Instant.ofEpochMilli(ended.startedAt()).toString())
                .put("updatedAt", Instant.ofEpochMilli(ended.endedAt()).toString());
        byte[] output = ended.output();
        if (output != null) {
            try {
                data.set("output", JsonBytes.read(output));
            } catch (UnreadableException e) {
                throw new IllegalStateException("an output that was written cannot be read", e);
            }
        }
        addError(data, ended.error());
        return data;
    }

    private static ObjectNode data(String id, WorkflowName workflow, Status status) {
        return JsonBytes.NODES
                .objectNode()
                .put("id", id)
                .put("namespace", workflow.namespace())
                .put("name", workflow.name())
                .put("version", workflow.version())
                .put("status", status.name().toLowerCase(Locale.ROOT));
    }

    /** What cannot be computed is left out: it is for finding instances, and must not stop any. */
    private static ObjectNode search(Workflow workflow, Instance instance, Surroundings around) {
        JsonNode context = instance.context();
        Variables variables = name -> variable(name, workflow, instance);
        ObjectNode found = JsonBytes.NODES.objectNode();
        for (Map.Entry<String, Jq> attribute :
                workflow.definition().dialect().search().entrySet()) {
            try {
                found.set(
                        attribute.getKey(),
                        attribute.getValue().eval(context, variables, JqBudget.usual(around.nanoTime())));
            } catch (JqFailure e) {
                found.remove(attribute.getKey());
            }
        }
        return found;
    }

    private static @Nullable JsonNode variable(String name, Workflow workflow, Instance instance) {
        return switch (name) {
            case "context" -> instance.context();
            case "workflow" -> {
                ObjectNode about = JsonBytes.NODES.objectNode().put("id", instance.id());
                about.set("definition", workflow.definition().document());
                yield about;
            }
            case "runtime" -> JsonBytes.NODES.objectNode().put("name", "weft");
            default -> null;
        };
    }

    private static void addError(ObjectNode data, @Nullable WorkflowError error) {
        if (error != null) {
            data.putObject("error")
                    .put("type", error.type())
                    .put("status", error.status())
                    .put("instance", error.instance())
                    .put("title", error.title())
                    .put("detail", error.detail());
        }
    }
}
