package dev.weft.workflow.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weft.workflow.Body;
import dev.weft.workflow.Task;

final class ChildOp extends Op {

    private final Body.RunWorkflow body;

    ChildOp(int number, Task task, Body.RunWorkflow body) {
        super(number, task);
        this.body = body;
    }

    @Override
    void begin(Run run) throws Failed {
        JsonNode childInput = run.expressions.render(body.input(), run.input);
        String child = Ids.of(run.instance.id, this, run.visit(this));
        if (!body.await()) {
            run.does(new Effect.StartChild(null, child, body.namespace(), body.name(), body.version(), childInput));
            run.finish(this, run.input, Run.NO_CASE);
            return;
        }
        long token = run.newToken();
        run.push(new Child(run, this, token, child));
        run.does(new Effect.StartChild(
                new Signal.Parent(run.instance.id, run.instance.token(token)),
                child,
                body.namespace(),
                body.name(),
                body.version(),
                childInput));
        run.pause();
    }
}
