package dev.weft.workflow.engine;

import dev.weft.workflow.Task;

final class CompensateOp extends Op {

    CompensateOp(int number, Task task) {
        super(number, task);
    }

    @Override
    void begin(Run run) throws Failed {
        Compensating compensating = new Compensating(run, this, run.input, null);
        run.push(compensating);
        compensating.leave(run);
    }
}
