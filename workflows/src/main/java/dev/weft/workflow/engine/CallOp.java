package dev.weft.workflow.engine;

import dev.weft.workflow.Body;
import dev.weft.workflow.Task;

final class CallOp extends Op {

    private final Body.Call body;

    CallOp(int number, Task task, Body.Call body) {
        super(number, task);
        this.body = body;
    }

    @Override
    void begin(Run run) throws Failed {
        String key = Ids.of(run.instance.id, this, run.visit(this));
        long token = run.newToken();
        Effect.Call call = new Effect.Call(run.instance.token(token), run.expressions.request(this, body, key));
        if (!body.await()) {
            run.does(call);
            run.finish(this, run.input, Run.NO_CASE);
            return;
        }
        run.push(new Calling(run, this, token));
        run.does(call);
        run.pause();
    }
}
