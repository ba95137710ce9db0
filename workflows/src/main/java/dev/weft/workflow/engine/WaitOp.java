package dev.weft.workflow.engine;

import dev.weft.workflow.Body;
import dev.weft.workflow.Task;

final class WaitOp extends Op {

    private final Body.Wait body;

    WaitOp(int number, Task task, Body.Wait body) {
        super(number, task);
        this.body = body;
    }

    @Override
    void begin(Run run) throws Failed {
        long millis = run.expressions.millis(body.span());
        if (millis <= 0) {
            run.finish(this, run.input, Run.NO_CASE);
            return;
        }
        run.push(new Pause(run, this, run.after(millis)));
        run.pause();
    }
}
