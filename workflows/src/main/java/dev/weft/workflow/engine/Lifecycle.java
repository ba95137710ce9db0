package dev.weft.workflow.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.workflow.DefinitionId;
import dev.weft.workflow.WorkflowError;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Tells of what happens, as much as is wanted. Outputs of more than 32 KiB are left out, as CloudEvents should not
 * exceed 64 KiB.
 */
final class Lifecycle {

    private static final int LARGEST_OUTPUT = 32 << 10;

    private final Run run;
    private final boolean workflows;
    private final boolean tasks;

    Lifecycle(Run run) {
        this.run = run;
        this.workflows = run.around.lifecycle() != LifecycleLevel.NONE;
        this.tasks = run.around.lifecycle() == LifecycleLevel.TASK;
    }

    void started() {
        if (workflows) {
            ObjectNode data = workflow("startedAt");
            DefinitionId id = run.program.definition().id();
            data.putObject("definition")
                    .put("namespace", id.namespace())
                    .put("name", id.name())
                    .put("version", id.version());
            tell("workflow.started", data);
        }
    }

    void suspended() {
        workflow("workflow.suspended", "suspendedAt");
        underWay("task.suspended", "suspendedAt", run.instance.root());
    }

    void resumed() {
        workflow("workflow.resumed", "resumedAt");
        underWay("task.resumed", "resumedAt", run.instance.root());
    }

    private void underWay(String type, String moment, Frame frame) {
        if (!tasks) {
            return;
        }
        boolean isTask = !(frame instanceof Branch) && (frame.child == null || !Frames.isToldWith(frame, frame.child));
        if (isTask) {
            task(type, frame.op, moment);
        }
        for (int i = 0; i < frame.children(); i++) {
            underWay(type, moment, frame.child(i));
        }
    }

    void correlationStarted() {
        workflow("workflow.correlation-started", "startedAt");
    }

    void correlationCompleted() {
        workflow("workflow.correlation-completed", "completedAt");
    }

    void ended(Status status, @Nullable JsonNode output, @Nullable WorkflowError error) {
        if (!workflows) {
            return;
        }
        switch (status) {
            case COMPLETED -> tell("workflow.completed", output(workflow("completedAt"), output));
            case CANCELLED -> tell("workflow.cancelled", workflow("cancelledAt"));
            default -> tell("workflow.faulted", error(workflow("faultedAt"), error));
        }
    }

    void taskStarted(Op op) {
        if (tasks) {
            tell("task.created", task(op, "createdAt"));
            tell("task.started", task(op, "startedAt"));
        }
    }

    void taskCompleted(Op op, JsonNode output) {
        if (tasks && op != run.program.root) {
            tell("task.completed", output(task(op, "completedAt"), output));
        }
    }

    void taskFaulted(Op op, WorkflowError error) {
        if (tasks && op != run.program.root) {
            tell("task.faulted", error(task(op, "faultedAt"), error));
        }
    }

    void taskCancelled(Op op) {
        task("task.cancelled", op, "cancelledAt");
    }

    void taskRetried(Op op) {
        task("task.retried", op, "retriedAt");
    }

    /** Not of the specification, which knows no compensation. */
    void taskCompensated(Op op) {
        task("task.compensated", op, "compensatedAt");
    }

    private void workflow(String type, String moment) {
        if (workflows) {
            tell(type, workflow(moment));
        }
    }

    private void task(String type, Op op, String moment) {
        if (tasks && op != run.program.root) {
            tell(type, task(op, moment));
        }
    }

    private ObjectNode workflow(String moment) {
        return JsonNodeFactory.instance.objectNode().put("name", name()).put(moment, now());
    }

    private ObjectNode task(Op op, String moment) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("workflow", name())
                .put("task", op.pointer)
                .put(moment, now());
    }

    private static ObjectNode output(ObjectNode data, @Nullable JsonNode output) {
        if (output != null && JsonSize.isWithin(output, LARGEST_OUTPUT)) {
            data.set("output", output);
        }
        return data;
    }

    private static ObjectNode error(ObjectNode data, @Nullable WorkflowError error) {
        if (error != null) {
            data.set("error", ErrorJson.of(error));
        }
        return data;
    }

    private String name() {
        DefinitionId id = run.program.definition().id();
        return id.name() + "-" + run.instance.id + "." + id.namespace();
    }

    private String now() {
        return Instant.ofEpochMilli(run.around.now()).toString();
    }

    private void tell(String type, ObjectNode data) {
        run.does(new Effect.Lifecycle(type, run.instance.id + "." + ++run.instance.told, data));
    }
}
