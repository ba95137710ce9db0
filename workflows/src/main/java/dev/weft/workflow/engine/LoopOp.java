package dev.weft.workflow.engine;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.weft.workflow.Body;
import dev.weft.workflow.Task;
import java.util.List;

final class LoopOp extends Op {

    final Body.For body;
    final Scope scope;

    LoopOp(int number, Task task, Body.For body, Scope scope) {
        super(number, task);
        this.body = body;
        this.scope = scope;
    }

    @Override
    List<Scope> inner() {
        return List.of(scope);
    }

    @Override
    void begin(Run run) throws Failed {
        ArrayNode items = run.expressions.items(body.in());
        Loop loop = new Loop(run, this, items);
        run.push(loop);
        run.data = run.input;
        loop.leave(run);
    }
}
