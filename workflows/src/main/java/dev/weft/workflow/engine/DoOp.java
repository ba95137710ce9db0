package dev.weft.workflow.engine;

import dev.weft.workflow.Task;
import java.util.List;

final class DoOp extends Op {

    private final Scope scope;

    DoOp(int number, Task task, Scope scope) {
        super(number, task);
        this.scope = scope;
    }

    @Override
    List<Scope> inner() {
        return List.of(scope);
    }

    @Override
    void begin(Run run) throws Failed {
        run.push(new Block(run, this, false));
        run.go(scope, run.input);
    }
}
