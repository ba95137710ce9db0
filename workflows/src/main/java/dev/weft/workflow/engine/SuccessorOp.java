package dev.weft.workflow.engine;

import dev.weft.workflow.Body;
import dev.weft.workflow.Task;

/** Ends the instance; another takes its place, for whoever waits for this one as well. */
final class SuccessorOp extends Op {

    private final Body.ContinueAs body;

    SuccessorOp(int number, Task task, Body.ContinueAs body) {
        super(number, task);
        this.body = body;
    }

    @Override
    void begin(Run run) {
        String successor = Ids.of(run.instance.id, this, run.visit(this));
        run.does(new Effect.StartChild(
                run.instance.parent, successor, body.namespace(), body.name(), body.version(), run.input));
        run.instance.parent = null;
        run.succeeded(run.input);
    }
}
