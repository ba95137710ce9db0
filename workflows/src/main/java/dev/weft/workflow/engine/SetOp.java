package dev.weft.workflow.engine;

import dev.weft.workflow.Body;
import dev.weft.workflow.Task;

final class SetOp extends Op {

    private final Body.Set body;

    SetOp(int number, Task task, Body.Set body) {
        super(number, task);
        this.body = body;
    }

    @Override
    void begin(Run run) throws Failed {
        run.finish(this, run.expressions.render(body.value(), run.input), Run.NO_CASE);
    }
}
