package dev.weft.workflow.engine;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.weft.workflow.Body;
import dev.weft.workflow.Task;
import java.util.List;

/** A loop whose iterations run side by side. */
final class ForEachOp extends ForkingOp {

    final Body.ForEach body;
    private final Scope scope;

    ForEachOp(int number, Task task, Body.ForEach body, Scope scope) {
        super(number, task);
        this.body = body;
        this.scope = scope;
    }

    @Override
    List<Scope> inner() {
        return List.of(scope);
    }

    @Override
    int branches() {
        return 0;
    }

    @Override
    Scope branch(int number) {
        return scope;
    }

    @Override
    int need(int count) {
        return count;
    }

    @Override
    int atOnce() {
        return body.batch() == null ? Integer.MAX_VALUE : body.batch();
    }

    @Override
    boolean competes() {
        return false;
    }

    @Override
    void begin(Run run) throws Failed {
        ArrayNode items = run.expressions.items(body.in());
        Fork fork = new Fork(run, this, items, items.size());
        run.push(fork);
        fork.begin(run);
    }
}
