package dev.weft.workflow.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.workflow.jq.Variables;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The variables of expressions, each made when an expression asks for it. */
final class TaskVariables implements Variables {

    private static final ObjectNode RUNTIME = JsonNodeFactory.instance
            .objectNode()
            .put("name", "weft")
            .put("version", "0.1")
            .set("metadata", JsonNodeFactory.instance.objectNode());

    private final Run run;

    TaskVariables(Run run) {
        this.run = run;
    }

    @Override
    public @Nullable JsonNode get(String name) {
        return switch (name) {
            case "context" -> run.at().branch.context;
            case "input" -> run.input;
            case "output" -> run.output;
            case "task" -> task();
            case "workflow" -> workflow();
            case "runtime" -> RUNTIME;
            case "secrets" -> run.expressions.secrets();
            case "authorization" -> NullNode.getInstance();
            default -> local(name);
        };
    }

    private @Nullable JsonNode local(String name) {
        for (Frame frame = run.at(); frame != null; frame = frame.parent) {
            JsonNode value = frame.local(name);
            if (value != null) {
                return value;
            }
            if (frame.hides()) {
                return null;
            }
        }
        return null;
    }

    /** For what is done around a task, that task; otherwise the one whose expression asks. */
    private JsonNode task() {
        for (Frame frame = run.at(); frame != null && !frame.hides(); frame = frame.parent) {
            if (frame instanceof Extended extended && !extended.isDoing()) {
                return task(extended.op, extended.raw, extended.output(), extended.startedAt);
            }
        }
        return task(run.current, run.raw, run.made, run.startedAt);
    }

    private static JsonNode task(Op op, JsonNode raw, @Nullable JsonNode made, long startedAt) {
        ObjectNode task = JsonNodeFactory.instance.objectNode();
        task.put("name", op.task.name());
        task.put("reference", op.pointer);
        task.set("definition", op.task.definition());
        task.set("input", raw);
        task.set("output", made);
        task.set("startedAt", moment(startedAt));
        return task;
    }

    private JsonNode workflow() {
        ObjectNode workflow = JsonNodeFactory.instance.objectNode();
        workflow.put("id", run.instance.id);
        workflow.set("definition", run.program.definition().document());
        workflow.set("input", run.instance.input);
        workflow.set("startedAt", moment(run.instance.startedAt));
        return workflow;
    }

    private static ObjectNode moment(long millis) {
        ObjectNode moment = JsonNodeFactory.instance.objectNode();
        moment.put("iso8601", Instant.ofEpochMilli(millis).toString());
        ObjectNode epoch = moment.putObject("epoch");
        epoch.put("seconds", Math.floorDiv(millis, 1000L));
        epoch.put("milliseconds", millis);
        return moment;
    }
}
