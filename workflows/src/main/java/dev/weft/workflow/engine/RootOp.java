package dev.weft.workflow.engine;

import dev.weft.workflow.Task;
import java.util.List;

/** Stands for the workflow as a whole, as if it was a task. */
final class RootOp extends Op {

    final Scope scope;

    RootOp(int number, Task task, Scope scope) {
        super(number, task);
        this.scope = scope;
    }

    @Override
    List<Scope> inner() {
        return List.of(scope);
    }

    @Override
    void begin(Run run) {
        throw new IllegalStateException("a workflow is begun by a signal");
    }
}
