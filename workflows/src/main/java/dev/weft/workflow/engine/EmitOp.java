package dev.weft.workflow.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.workflow.Body;
import dev.weft.workflow.DefinitionId;
import dev.weft.workflow.Errors;
import dev.weft.workflow.Task;
import java.time.Instant;

/** Sends an event. What the document does not say of it is made here; its id is the same each time the step is done. */
final class EmitOp extends Op {

    private final Body.Emit body;
    private final String source;

    EmitOp(int number, Task task, Body.Emit body, DefinitionId definition) {
        super(number, task);
        this.body = body;
        this.source = "/workflows/" + definition.namespace() + "/" + definition.name();
    }

    @Override
    void begin(Run run) throws Failed {
        JsonNode said = run.expressions.render(body.event(), run.input);
        if (!said.isObject()) {
            throw new Failed(
                    Errors.VALIDATION, pointer, "found " + Shown.briefly(said) + " as an event, expected an object");
        }
        if (!said.path("type").isTextual() || said.path("type").textValue().isEmpty()) {
            throw new Failed(
                    Errors.VALIDATION,
                    pointer,
                    "found an event of type " + said.path("type") + ", expected a text that is not empty");
        }
        int visit = run.visit(this);
        ObjectNode event = ((ObjectNode) said).objectNode();
        event.put("specversion", "1.0");
        event.put("id", "");
        event.put("source", source);
        event.put("time", "");
        event.setAll((ObjectNode) said);
        if (event.path("id").asText().isEmpty()) {
            event.put("id", Ids.of(run.instance.id, this, visit));
        }
        if (event.path("time").asText().isEmpty()) {
            event.put("time", Instant.ofEpochMilli(run.around.now()).toString());
        }
        if (event.has("data") && !event.has("datacontenttype")) {
            event.put("datacontenttype", "application/json");
        }
        if (run.instance.cause != null && !event.has("traceparent")) {
            event.put("traceparent", run.instance.cause);
        }
        run.checkSize(this, event);
        run.does(new Effect.Emit(event));
        run.finish(this, event, Run.NO_CASE);
    }
}
