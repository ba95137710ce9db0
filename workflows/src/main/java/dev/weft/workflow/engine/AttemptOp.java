package dev.weft.workflow.engine;

import dev.weft.workflow.Body;
import dev.weft.workflow.Task;
import java.util.List;

final class AttemptOp extends Op {

    /** The case of an error that was dealt with. */
    static final int CAUGHT = 0;

    final Body.Try body;
    final Scope tasks;
    final Scope handler;
    private Jump caught = Jump.LEAVE;

    AttemptOp(int number, Task task, Body.Try body, Scope tasks, Scope handler) {
        super(number, task);
        this.body = body;
        this.tasks = tasks;
        this.handler = handler;
    }

    @Override
    void link(Scope scope) {
        super.link(scope);
        caught = body.then() == null ? then : scope.jump(body.then(), next);
    }

    @Override
    Jump jump(int chosen) {
        return chosen == CAUGHT ? caught : then;
    }

    @Override
    List<Scope> inner() {
        return List.of(tasks, handler);
    }

    @Override
    void begin(Run run) throws Failed {
        Attempt attempt = new Attempt(run, this);
        run.push(attempt);
        attempt.begin(run);
    }
}
