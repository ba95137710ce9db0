package dev.weft.workflow.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weft.workflow.Body;
import dev.weft.workflow.Errors;
import dev.weft.workflow.Task;
import dev.weft.workflow.WorkflowError;
import dev.weft.workflow.jq.Template;
import org.jspecify.annotations.Nullable;

final class RaiseOp extends Op {

    private final Body.Raise body;

    RaiseOp(int number, Task task, Body.Raise body) {
        super(number, task);
        this.body = body;
    }

    @Override
    void begin(Run run) throws Failed {
        JsonNode status = run.expressions.render(body.status(), run.input);
        if (!status.canConvertToExactIntegral() || !status.canConvertToInt()) {
            throw new Failed(Errors.EXPRESSION, pointer, "found the status " + status + ", expected a whole number");
        }
        WorkflowError error = new WorkflowError(
                Shown.text(run.expressions.render(body.type(), run.input)),
                status.asInt(),
                pointer,
                text(run, body.title()),
                text(run, body.detail()));
        run.checkSize(this, ErrorJson.of(error));
        throw new Failed(error);
    }

    private static @Nullable String text(Run run, @Nullable Template template) throws Failed {
        if (template == null) {
            return null;
        }
        JsonNode node = run.expressions.render(template, run.input);
        return node.isNull() ? null : Shown.text(node);
    }
}
